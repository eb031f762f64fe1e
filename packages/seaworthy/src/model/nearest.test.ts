import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

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
