import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../packages/policy/src/testing/settings-of.ts';
import { callInFile } from '../packages/seaworthy/src/library/call-policy.ts';
import type { CallInFile } from '../packages/seaworthy/src/library/call-policy.ts';
import { ModelError } from '../packages/seaworthy/src/model/problem.ts';
import { readModel } from '../packages/seaworthy/src/model/read.ts';
import type { ReadResult } from '../packages/seaworthy/src/model/read.ts';
import { modelFiles } from '../packages/seaworthy/src/model/testing/files.ts';

/** The options of a call, or why a file cannot give them. */
function callIn(read: ReadResult, name: string): CallInFile | string {
  try {
    return callInFile(read, name);
  } catch (error) {
    if (error instanceof ModelError) return error.problems[0]!.message;
    throw error;
  }
}

describe('the options of the library', () => {
  it('say word for word what an entry under `calls` says', () => {
    let compared = 0;
    let refused = 0;
    fc.assert(
      fc.property(modelFiles, (file) => {
        const read = readModel(JSON.stringify(file), 'any.json', {});
        const { model } = read;
        for (const name of Object.keys(file.calls ?? {})) {
          const edge = model.edges.find((candidate) => candidate.name === name);
          if (edge === undefined) continue;
          const { fallbacks = 0 } = edge.policy;
          const call = callIn(read, name);
          if (edge.budgetShared || edge.cache?.shared === true) {
            expect(call).toBe('a process shares nothing');
            refused++;
            continue;
          }
          const { options } = call as CallInFile;
          const fallback = Array.from({ length: fallbacks }, () => () => {});
          expect(settingsOf({ ...options, fallback })).toEqual(edge.policy);
          compared++;
        }
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(10);
  });
});
