import { describe, expect, it } from 'vitest';

import { Histogram } from './histogram.ts';
import { histogramFromText, histogramToText } from './histogram-text.ts';

describe('the text of a histogram', () => {
  it('is short', () => {
    const histogram = new Histogram();
    expect(histogramToText(histogram)).toBe('');
    histogram.recordMany(0, 3000);
    histogram.recordMany(1, 2);
    histogram.recordMany(1.01, 52);
    histogram.recordMany(1.04, 53);
    histogram.recordMany(1.1, 1);
    histogram.record(2 / 3);
    expect(histogramToText(histogram)).toBe('111.406667 0 1.1 0 3000+2468_A85_Bz3_53+6_A');
  });

  it.each([
    ['1 1 1', 'a histogram is 5 words, not 3'],
    ['1 1 1 5 A A', 'a histogram is 5 words, not 6'],
    ['x 1 1 5 A', 'no histogram has sum NaN'],
    ['1 1 1 5 ', '3 numbers and pairs of numbers, not 4'],
    ['1 1 1 5 _A', 'no counts of a histogram: "_A"'],
    ['1 1 1 5 A_', 'no counts of a histogram: "A_"'],
    ['1 1 1 5 A5', 'no counts of a histogram: "A5"'],
    ['1 1 1 5 5A', 'no counts of a histogram: "5A"'],
    ['1 1 1 5 +', 'no counts of a histogram: "+"'],
    ['1 1 1 5 A?', 'no counts of a histogram: "A?"'],
    ['1 1 1 5 0+', 'no bucket of a histogram counts 0'],
    ['1 1 1 5 9999999999999999+', 'no bucket of a histogram counts 1'],
    ['1 1 1 5 99999999999999999+', 'no counts of a histogram'],
    ['1 1 1 5 A9999_A', 'a histogram has no bucket 10005'],
  ])('is not %j', (text, message) => {
    expect(() => histogramFromText(text)).toThrow(message);
  });
});
