import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Histogram } from './histogram.ts';

/** Times from below a nanosecond to beyond the last bucket, and round ones. */
const time = fc.oneof(
  fc
    .tuple(fc.integer({ min: -24, max: 36 }), fc.double({ min: 1, max: 2, noNaN: true }))
    .map(([exponent, fraction]) => fraction * 2 ** exponent),
  fc.integer({ min: 0, max: 100_000 }),
  fc.constantFrom(0, 1e-6, 1, 128, 1e10, 2e10),
);
const times = fc.array(time, { maxLength: 200 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Everything but the sum, whose last digits depend on the order. */
function counted(histogram: Histogram): readonly number[] {
  return histogram.toSparse().slice(1);
}

function expectSame(actual: Histogram, expected: Histogram): void {
  expect(counted(actual)).toEqual(counted(expected));
  expect(actual.count).toBe(expected.count);
  expect(Math.abs(actual.sum - expected.sum)).toBeLessThanOrEqual(1e-12 * expected.sum);
}

describe('a histogram', () => {
  it('is at most 0.4 % off the exact nearest rank, at every quantile', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 200 }), share, (values, q) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(q * sorted.length * (1 - 1e-15)) - 1)]!;
        const observed = of(values).quantile(q);
        if (exact < 1e-6) expect(observed).toBeLessThan(1e-6);
        else if (exact > 1e10) expect(observed).toBeGreaterThanOrEqual(1e10 * 0.99);
        else expect(Math.abs(observed - exact)).toBeLessThanOrEqual(0.004 * exact);
      }),
    );
  });

  it('has the exact count, sum, minimum and maximum', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 200 }), (values) => {
        const histogram = of(values);
        expect(histogram.count).toBe(values.length);
        expect(histogram.sum).toBe(values.reduce((sum, value) => sum + value, 0));
        expect(histogram.min).toBe(Math.min(...values));
        expect(histogram.max).toBe(Math.max(...values));
      }),
    );
  });

  it('has quantiles that never fall', () => {
    fc.assert(
      fc.property(times, share, share, (values, a, b) => {
        const histogram = of([1, ...values]);
        const [low, high] = [
          histogram.quantile(Math.min(a, b)),
          histogram.quantile(Math.max(a, b)),
        ];
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('merged is the histogram of all values', () => {
    fc.assert(
      fc.property(times, times, fc.boolean(), fc.boolean(), (left, right, copyLeft, copyRight) => {
        const merged = copyLeft ? of(left).copy() : of(left);
        const other = copyRight ? of(right).copy() : of(right);
        merged.merge(other);
        expectSame(merged, of([...left, ...right]));
        expectSame(other, of(right));
      }),
    );
  });

  it('merged with itself counts everything twice', () => {
    fc.assert(
      fc.property(times, fc.boolean(), (values, copied) => {
        const histogram = copied ? of(values).copy() : of(values);
        histogram.merge(histogram);
        expectSame(histogram, of([...values, ...values]));
      }),
    );
  });

  it('copied is apart from the original, and takes more values', () => {
    fc.assert(
      fc.property(times, times, (before, after) => {
        const original = of(before);
        const copy = original.copy();
        for (const value of after) copy.record(value);
        expectSame(original, of(before));
        expectSame(copy, of([...before, ...after]));
        expect(copy.copy().toSparse()).toEqual(copy.toSparse());
      }),
    );
  });

  it('is used again after a reset as if it were new', () => {
    fc.assert(
      fc.property(times, times, (before, after) => {
        const histogram = of(before);
        histogram.reset();
        for (const value of after) histogram.record(value);
        expect(histogram.toSparse()).toEqual(of(after).toSparse());
      }),
    );
  });

  it('survives JSON', () => {
    fc.assert(
      fc.property(times, (values) => {
        const sparse = of(values).toSparse();
        const read = Histogram.fromSparse(JSON.parse(JSON.stringify(sparse)));
        expect(read.toSparse()).toEqual(sparse);
        expect(read.count).toBe(values.length);
        expect(read.quantile(0.9)).toEqual(of(values).quantile(0.9));
      }),
    );
  });

  it('counts above as the values do, but for those within 0.8 %', () => {
    fc.assert(
      fc.property(times, time, (values, limit) => {
        const above = of(values).countAbove(limit);
        const farAbove = values.filter((value) => value > limit * 1.008 + 1e-6).length;
        const atLeast = values.filter((value) => value > limit * 0.992).length;
        expect(above).toBeGreaterThanOrEqual(limit >= 0.99e10 ? 0 : farAbove);
        expect(above).toBeLessThanOrEqual(atLeast);
      }),
    );
  });

  it('refuses any list of numbers that is none, and never breaks', () => {
    const number = fc.oneof(fc.integer(), fc.nat({ max: 300 }), fc.double());
    fc.assert(
      fc.property(fc.array(number, { maxLength: 12 }), (numbers) => {
        let histogram: Histogram;
        try {
          histogram = Histogram.fromSparse(numbers);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(histogram.toSparse()).toEqual(numbers);
        if (histogram.count > 0) expect(histogram.quantile(0.5)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
