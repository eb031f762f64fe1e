import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import { modelFiles } from '../../model/testing/files.ts';
import { simulate } from '../../simulate/simulate.ts';
import { judge } from '../judge.ts';

/** Makes all changes that are suggested for random files. Returns how many there were. */
function makeAll(parameters: fc.Parameters<unknown>): number {
  let seen = 0;
  fc.assert(
    fc.property(modelFiles, fc.nat(1000), (file, seed) => {
      const { environments: _others, ...alone } = file;
      const { model, edit } = readModel(JSON.stringify(alone), 'random.json', {});
      for (const scenario of [undefined, ...model.scenarios]) {
        const run = simulate(model, { scenario, seed, replication: 0 });
        const { findings } = judge(model, scenario, [run], '');
        for (const { edits } of findings.flatMap(({ changes }) => changes)) {
          // Throws where the file has no place for it, or cannot be read with it.
          expect(edit(edits).difference).not.toEqual([]);
          seen++;
        }
      }
    }),
    { endOnFailure: true, ...parameters },
  );
  return seen;
}

describe('suggested changes', () => {
  it('can be made in any file, change it, and are read like it', () => {
    expect(makeAll({ numRuns: 25 })).toBeGreaterThan(0);
  });

  it('name no number of slots where nothing was served to tell one by', () => {
    makeAll({ numRuns: 1, seed: -382124669, path: '18' });
  });
});
