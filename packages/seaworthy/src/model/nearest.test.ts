import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['budgett', 'budget'],
    ['tiemout', 'timeout'],
    ['Retry', 'retry'],
    ['concurency', 'concurrency'],
    ['x', undefined],
    ['elephant', undefined],
  ])('%s: %s', (word, meant) => {
    expect(nearest(word, ['budget', 'timeout', 'retry', 'concurrency'])).toBe(meant);
  });

  it('lists what is known where nothing is near and it is little', () => {
    expect(didYouMean('elephant', ['cat', 'dog'])).toBe('known here: cat, dog');
    expect(didYouMean('elephant', [])).toBeUndefined();
    expect(didYouMean('elephant', Array.from({ length: 99 }, String))).toBeUndefined();
  });
});

describe('editDistance', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

  it('stops early only where the distance is not below what was asked for', () => {
    fc.assert(
      fc.property(words, words, fc.nat(9), (a, b, below) => {
        const distance = editDistance(a, b);
        const bounded = editDistance(a, b, below);
        if (distance < below) expect(bounded).toBe(distance);
        else expect(bounded).toBeGreaterThanOrEqual(below);
      }),
      { numRuns: 1000 },
    );
  });

  it('counts a swap of neighbours once, and is the same both ways', () => {
    expect(editDistance('tiemout', 'timeout')).toBe(1);
    expect(editDistance('abc', '')).toBe(3);
    fc.assert(fc.property(words, words, (a, b) => editDistance(a, b) === editDistance(b, a)));
  });
});
