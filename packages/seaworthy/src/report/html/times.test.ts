import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Histogram } from '../../signals/histogram.ts';
import { histogramToText } from '../../signals/histogram-text.ts';
import { coarseTimes, Times } from './times.ts';

const milliseconds = fc.double({ min: 0, max: 1e7, noNaN: true });

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function textOf(values: readonly number[]): string {
  return coarseTimes(histogramToText(histogramOf(values)));
}

describe('times', () => {
  it('keep how many there were, their sum, and the longest', () => {
    fc.assert(
      fc.property(fc.array(milliseconds, { maxLength: 200 }), (values) => {
        const histogram = histogramOf(values);
        const times = new Times().add(coarseTimes(histogramToText(histogram)));
        expect(times.count).toBe(values.length);
        // Four digits, of what the record has in whole nanoseconds.
        expect(Math.abs(times.sumMs - histogram.sum)).toBeLessThan(1e-3 * histogram.sum + 1e-6);
        const maxMs = values.length > 0 ? histogram.max : 0;
        expect(Math.abs(times.maxMs - maxMs)).toBeLessThan(1e-3 * maxMs + 1e-6);
      }),
    );
  });

  it('of answers that took no time are none', () => {
    expect(new Times().add(textOf([0, 0, 0, 5])).quantile(0.5)).toBe(0);
  });

  it('have percentiles within the width of a bucket', () => {
    const quantile = fc.double({ min: 0, max: 1, noNaN: true });
    const values = fc.array(fc.double({ min: 0.01, max: 1e5, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, quantile, (given, q) => {
        const histogram = histogramOf(given);
        const exact = histogram.quantile(q);
        const times = new Times().add(coarseTimes(histogramToText(histogram)));
        expect(Math.abs(times.quantile(q) / exact - 1)).toBeLessThan(0.08);
      }),
    );
  });

  it('are added up', () => {
    fc.assert(
      fc.property(fc.array(milliseconds), fc.array(milliseconds), (left, right) => {
        const apart = new Times().add(textOf(left)).add(textOf(right));
        const together = new Times().add(textOf([...left, ...right]));
        expect(apart.counts).toEqual(together.counts);
      }),
    );
  });

  it('take whatever they are given', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new Times().add(coarseTimes(text)).count).toBeGreaterThanOrEqual(0);
        expect(new Times().add(text).counts.every((count) => count >= 0)).toBe(true);
      }),
    );
    expect(new Times().add('1 2 9999 A').count).toBe(0);
  });
});
