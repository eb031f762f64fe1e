import { stream } from '@seaworthy/policy/engine';
import { build } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';

import { Histogram } from './histogram.ts';

const NS_PER_MS = 1e6;

function of(...values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('an empty histogram', () => {
  it('has no statistics', () => {
    const empty = new Histogram();
    expect(empty.count).toBe(0);
    expect(empty.sum).toBe(0);
    expect(empty.mean).toBeNaN();
    expect(empty.min).toBeNaN();
    expect(empty.max).toBeNaN();
    expect(empty.quantile(0.5)).toBeNaN();
    expect(empty.countAbove(0)).toBe(0);
    expect(empty.toSparse()).toEqual([]);
    expect(Histogram.fromSparse([]).count).toBe(0);
  });

  it('adds nothing', () => {
    const histogram = of(5);
    histogram.merge(new Histogram());
    expect(histogram.toSparse()).toEqual(of(5).toSparse());
  });
});

describe('quantiles', () => {
  it('are the nearest rank', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 100; value++) histogram.record(value);
    expect(histogram.quantile(0)).toBe(1);
    expect(histogram.quantile(0.01)).toBe(1);
    // 0.07 * 100 is 7.000000000000001.
    expect(histogram.quantile(0.07)).toBeCloseTo(7, 1);
    expect(histogram.quantile(0.5)).toBeCloseTo(50, 0);
    expect(histogram.quantile(1)).toBe(100);
  });

  it('of one value are that value', () => {
    expect([0, 0.5, 0.999, 1].map((q) => of(123.456).quantile(q))).toEqual(
      Array<number>(4).fill(123.456),
    );
  });

  it('refuse what is no share', () => {
    expect(() => of(1).quantile(99)).toThrow('a quantile is a share from 0 to 1, not 99');
    expect(() => of(1).quantile(Number.NaN)).toThrow(RangeError);
  });

  it('agree with HdrHistogram', () => {
    const reference = build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: 2 ** 50,
      numberOfSignificantValueDigits: 4,
      bitBucketSize: 64,
    });
    const histogram = new Histogram();
    const random = stream(1, 'histogram', 'reference');
    for (let each = 0; each < 20_000; each++) {
      // From microseconds to minutes, evenly over the octaves.
      const ns = Math.round(1000 * 2 ** (26 * random.next()));
      reference.recordValue(ns);
      histogram.record(ns / NS_PER_MS);
    }
    for (const percent of [1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99]) {
      const expected = reference.getValueAtPercentile(percent) / NS_PER_MS;
      const error = Math.abs(histogram.quantile(percent / 100) / expected - 1);
      expect(error, `p${percent}`).toBeLessThan(0.01);
    }
    expect(histogram.mean * NS_PER_MS).toBeCloseTo(reference.mean, -6);
  });
});

describe('the ends of the range', () => {
  it('counts less than a nanosecond as zero', () => {
    const histogram = of(0, 1e-7, 1);
    expect(histogram.quantile(0.5)).toBe(0);
    expect(histogram.min).toBe(0);
    expect(histogram.toSparse().slice(3, 5)).toEqual([0, 2]);
  });

  it('tells a nanosecond from nothing', () => {
    expect(of(0, 1e-6, 1e-6, 1).quantile(0.5)).toBeCloseTo(1e-6, 8);
  });

  it('counts what is too large in the last bucket, with its exact maximum', () => {
    const histogram = of(1e10, 5e10, 1e300);
    expect(histogram.max).toBe(1e300);
    expect(histogram.quantile(0.5) / 1e10).toBeCloseTo(1, 2);
    expect(histogram.quantile(1)).toBe(1e300);
  });

  it.each([-1, -1e-9, Number.NaN, Infinity])('refuses %d', (value) => {
    const histogram = of(1);
    expect(() => histogram.record(value)).toThrow('a histogram holds finite values from 0');
    expect(histogram.toSparse()).toEqual(of(1).toSparse());
  });
});

describe('recordMany', () => {
  it('is as many records', () => {
    const histogram = new Histogram();
    histogram.recordMany(2.5, 4);
    expect(histogram.toSparse()).toEqual(of(2.5, 2.5, 2.5, 2.5).toSparse());
  });

  it('records nothing zero times', () => {
    const histogram = new Histogram();
    histogram.recordMany(2.5, 0);
    expect(histogram.count).toBe(0);
  });

  it('counts beyond 32 bits', () => {
    const histogram = new Histogram();
    histogram.recordMany(1, 2 ** 40);
    histogram.record(1000);
    const copy = histogram.copy();
    copy.merge(histogram);
    expect(copy.count).toBe(2 ** 41 + 2);
    expect(Histogram.fromSparse(copy.toSparse()).countAbove(1)).toBe(2);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses %d times', (times) => {
    const histogram = new Histogram();
    expect(() => histogram.recordMany(1, times)).toThrow(`a whole number of times, not ${times}`);
  });
});

describe('reset', () => {
  it('leaves nothing behind', () => {
    const histogram = of(0, 0.003, 40, 1e9);
    histogram.reset();
    expect(histogram.toSparse()).toEqual([]);
    histogram.record(7);
    expect(histogram.toSparse()).toEqual(of(7).toSparse());
  });

  it('forgets the counts of a copy', () => {
    const copy = of(1, 2, 3).copy();
    copy.reset();
    copy.record(9);
    expect(copy.toSparse()).toEqual(of(9).toSparse());
  });
});

describe('countAbove', () => {
  it('counts the larger ones', () => {
    const histogram = of(0, 1, 10, 100, 1000);
    expect(histogram.countAbove(-1)).toBe(5);
    expect(histogram.countAbove(0)).toBe(4);
    expect(histogram.countAbove(50)).toBe(2);
    expect(histogram.countAbove(1000)).toBe(0);
    expect(histogram.countAbove(Infinity)).toBe(0);
  });
});

describe('fromSparse', () => {
  it.each([
    [[1], 'a histogram is 3 numbers and pairs of numbers, not 1'],
    [[1, 1, 1], '3 numbers and pairs of numbers, not 3'],
    [[1, 1, 1, 5], '3 numbers and pairs of numbers, not 4'],
    [[1, 2, 1, 5, 1], 'no histogram has sum 1, min 2 and max 1'],
    [[-1, 0, 1, 5, 1], 'no histogram has sum -1'],
    [[1, 1, Infinity, 5, 1], 'no histogram has sum 1, min 1 and max Infinity'],
    [[Number.NaN, 1, 1, 5, 1], 'no histogram has sum NaN'],
    [[1, 1, 1, -5, 1], 'no bucket of a histogram is -5 from the one before'],
    [[1, 1, 1, 5, 1, 0, 1], 'no bucket of a histogram is 0 from the one before'],
    [[1, 1, 1, 5, 0], 'no bucket of a histogram counts 0'],
    [[1, 1, 1, 5, 1.5], 'no bucket of a histogram counts 1.5'],
    [[1, 1, 1, 1e6, 1], 'a histogram has no bucket 1000000'],
    [[1, 1, 1, 5, 2 ** 53 - 1, 1, 1], 'no histogram counts 9007199254740992'],
  ])('refuses %j', (numbers, message) => {
    expect(() => Histogram.fromSparse(numbers)).toThrow(message);
  });
});
