import { describe, expect, it } from 'vitest';

import { proportion } from './proportion.ts';
import { stateOf } from './state.ts';

describe('stateOf', () => {
  const none = proportion(0, 6);
  const all = proportion(6, 6);

  it.each([
    [none, none, 'stable'],
    [none, all, 'vulnerable'],
    [all, all, 'overloaded'],
    // Which one it is cannot be said, and is not.
    [none, proportion(3, 6), 'inconclusive'],
    [proportion(15, 33), all, 'inconclusive'],
    [proportion(0, 0), proportion(0, 0), 'inconclusive'],
  ] as const)('names the state by both starts', (cold, hot, name) => {
    const state = stateOf(cold, hot);
    expect(state.name).toBe(name);
    const { stable, vulnerable, overloaded } = state.probability;
    expect(stable + vulnerable + overloaded).toBeCloseTo(1, 9);
  });
});

describe('proportion', () => {
  it('is the posterior of a probability of which nothing was known', () => {
    // Beta(n + 1, 1) has the distribution p^(n + 1).
    const { median, low, high, overHalf } = proportion(5, 5);
    expect(median).toBeCloseTo(0.5 ** (1 / 6), 3);
    expect(low).toBeCloseTo(0.025 ** (1 / 6), 3);
    expect(high).toBeCloseTo(0.975 ** (1 / 6), 3);
    expect(overHalf).toBeCloseTo(1 - 0.5 ** 6, 3);
  });

  it('is the same from both sides', () => {
    expect(proportion(2, 9).low).toBeCloseTo(1 - proportion(7, 9).high, 6);
    expect(proportion(4, 8).overHalf).toBeCloseTo(0.5, 6);
  });
});
