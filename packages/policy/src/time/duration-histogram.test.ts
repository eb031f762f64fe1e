import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationHistogram } from './duration-histogram.ts';

const durations = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

describe('a histogram of durations', () => {
  it('knows the quantiles of what it was given, to a thirty-second', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const window = new DurationHistogram(5);
        for (const value of values) window.add(value);
        const sorted = values.toSorted((a, b) => a - b);
        const exactMs = sorted[Math.ceil(share * values.length) - 1]!;
        const slack = 0.001 + exactMs / 32;
        expect(Math.abs(window.quantileMs(share) - exactMs)).toBeLessThanOrEqual(slack);
      }),
    );
  });

  it('keeps what is beyond half an hour as half an hour', () => {
    const window = new DurationHistogram(5);
    window.add(1e12);
    expect(window.quantileMs(1) / 60_000).toBeCloseTo(35.8, 1);
  });

  it('forgets all of it', () => {
    const window = new DurationHistogram(5);
    window.add(5);
    expect(window.size).toBe(1);
    window.clear();
    expect([window.size, window.quantileMs(0.9)]).toEqual([0, 0]);
  });
});
