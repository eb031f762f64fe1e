import { describe, expect, it } from 'vitest';

import { notesOf } from './notes.ts';
import { skippedTrigger } from './trigger-curve.ts';

const axis = { sources: [0], unit: 'per second', given: 20 } as const;

function searched(kind: 'found' | 'above') {
  const threshold =
    kind === 'found'
      ? ({ kind, at: 1, low: 0.95, high: 1.05, settled: true, runs: 40 } as const)
      : ({ kind, than: 16, runs: 38 } as const);
  const none = { slowing: undefined, nonMonotone: undefined, posterior: undefined };
  return { threshold, trials: [], horizonMs: 120_000, ...none };
}

describe('notesOf', () => {
  it.each([
    ['stable', 'found', 1],
    ['stable', 'above', 0],
    ['vulnerable', 'found', 0],
  ] as const)('says of a load that is %s that a trigger tips it: %s', (name, kind, count) => {
    const found = searched(kind);
    const triggers = [{ result: skippedTrigger('storm', 'magnitude', ''), found }];
    const limits = { vulnerable: searched('above'), stable: searched('above') };
    const parts = { walked: { unjudged: [] }, judged: { name }, ...limits, triggers };
    const text = 'storm: from this it may not come back, although it does from overload';
    expect(notesOf(parts, axis)).toEqual(Array.from({ length: count }, () => text));
  });

  it('says what there are too few answers to judge by', () => {
    const limits = { vulnerable: searched('above'), stable: searched('above') };
    const walked = { unjudged: ['desk p99 < 1s'] };
    const parts = { walked, judged: { name: 'stable' }, ...limits, triggers: [] } as const;
    expect(notesOf(parts, axis)).toEqual([
      'desk p99 < 1s: 30 s of 20/s have too few answers to judge it by, and only a clear failure counts',
    ]);
  });
});
