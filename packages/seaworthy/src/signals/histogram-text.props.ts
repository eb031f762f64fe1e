import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Histogram } from './histogram.ts';
import { histogramFromText, histogramToText } from './histogram-text.ts';

describe('the text of a histogram', () => {
  it('reads back, but for what is finer than a nanosecond', () => {
    const time = fc.oneof(
      fc.integer({ min: 0, max: 1e9 }).map((ns) => ns / 1e6),
      fc.constantFrom(0, 1, 1e10, 1e12),
    );
    const entry = fc.tuple(time, fc.oneof(fc.nat({ max: 60 }), fc.maxSafeNat()));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const histogram = new Histogram();
        for (const [value, count] of entries) {
          if (Number.isSafeInteger(histogram.count + count)) histogram.recordMany(value, count);
        }
        const text = histogramToText(histogram);
        const read = histogramFromText(text);
        expect(read.toSparse().slice(1)).toEqual(histogram.toSparse().slice(1));
        expect(Math.abs(read.sum - histogram.sum)).toBeLessThanOrEqual(1e-6);
        expect(histogramToText(read)).toBe(text);
      }),
    );
  });

  it('is refused with a reason, whatever it is', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'0123456789 ABZaz_+.-e'.split('')),
      maxLength: 30,
    });
    const text = fc.oneof(
      letters,
      fc.string(),
      letters.map((end) => `9 1 4 700 A${end}`),
    );
    fc.assert(
      fc.property(text, (any) => {
        try {
          expect(histogramFromText(any).quantile(0.5)).not.toBeLessThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
