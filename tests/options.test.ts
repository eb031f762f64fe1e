import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callPolicyNames, settingsOf } from '../packages/policy/src/options/settings.ts';
import type { Model } from '../packages/seaworthy/src/model/model.ts';
import { readModel } from '../packages/seaworthy/src/model/read.ts';
import { modelFiles } from '../packages/seaworthy/src/model/testing/files.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What an entry says of the system around the policy: the library has no place for it. */
function withoutSystem(entry: Entry): Entry {
  const kept = Object.fromEntries(
    Object.entries(entry).filter(([name]) => callPolicyNames.includes(name)),
  );
  const { cache, retry } = kept as Record<string, Entry | undefined>;
  return {
    ...kept,
    ...(cache && { cache: without(cache, 'shared', 'keys', 'warm') }),
    ...(retry?.['budget'] !== undefined && {
      retry: { ...retry, budget: without(retry['budget'] as Entry, 'shared') },
    }),
  };
}

function without(entry: Entry, ...names: readonly string[]): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !names.includes(name)));
}

/** How a caller without a balance of its own chooses. */
function outside(model: Model, edge: Model['edges'][number]) {
  const own = edge.policy.endpoints;
  return own && model.services[edge.to]!.balance;
}

describe('the options of the library', () => {
  it('say word for word what an entry under `calls` says', () => {
    let compared = 0;
    fc.assert(
      fc.property(modelFiles, (file) => {
        const { model } = readModel(JSON.stringify(file), 'any.json', {});
        for (const [name, entry] of Object.entries((file.calls ?? {}) as Record<string, Entry>)) {
          const edge = model.edges.find((candidate) => candidate.name === name);
          if (edge === undefined) continue;
          const { fallbacks = 0 } = edge.policy;
          expect(settingsOf(withoutSystem(entry), fallbacks, outside(model, edge))).toEqual(
            edge.policy,
          );
          compared++;
        }
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
