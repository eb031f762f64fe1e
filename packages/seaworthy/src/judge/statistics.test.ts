import { describe, expect, it } from 'vitest';

import { mean, median, mostByChance, standardError } from './statistics.ts';

describe('statistics', () => {
  it('has the mean, and the standard error s / sqrt(n)', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    // The sample deviation of these eight is sqrt(32 / 7).
    expect(standardError([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7 / 8), 12);
    expect(standardError([3])).toBeNaN();
  });

  it('has the median of odd, even and unsorted lists', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('bounds what chance explains, also for rare things', () => {
    // 300 calls of which 1 in 1,000 may fail: P(more than 3) = 0.0003.
    expect(Math.floor(mostByChance(300, 0.001))).toBe(3);
    expect(Math.floor(mostByChance(1000, 0.01))).toBe(21);
    expect(mostByChance(100, 0)).toBe(2);
  });
});
