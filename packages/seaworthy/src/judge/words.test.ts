import { describe, expect, it } from 'vitest';

import {
  durationText,
  lengthText,
  momentText,
  numberText,
  rateText,
  shareText,
  valueText,
  wholeText,
} from './words.ts';

describe('words', () => {
  it.each([
    [0, '0'],
    [0.012345, '0.0123'],
    [1.0949, '1.09'],
    [12.34, '12.3'],
    [1234.5, '1,235'],
  ])('writes %d as %s', (value, text) => expect(numberText(value)).toBe(text));

  it.each([0, 12, 999, -999, 1000, -1000, 123_456, 1_234_567, -12_345_678, 2 ** 53 - 1])(
    'separates the thousands of %d',
    (value) => expect(wholeText(value)).toBe(value.toLocaleString('en-US')),
  );

  it.each([
    [0.01234, '12.3 µs'],
    [0.4, '0.4 ms'],
    [412.4, '412 ms'],
    [999.7, '1 s'],
    [1240, '1.24 s'],
    [150_000, '150 s'],
    [Infinity, 'for ever'],
  ])('writes %d ms as %s', (value, text) => expect(durationText(value)).toBe(text));

  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.41, '41 %'],
    [0.999, '99.9 %'],
    [0.99934, '99.934 %'],
    [0.0000004, '0 %'],
    [0.0123, '1.2 %'],
  ])('writes the share %d as %s', (value, text) => expect(shareText(value)).toBe(text));

  it.each([
    [210_000, '210 s'],
    [3_000_000, '50 min'],
    [86_400_000, '24 h'],
    [7_776_000_000, '90 days'],
    [7_334_000, '7334 s'],
  ])('writes how long a run of %d ms is: %s', (value, text) => {
    expect(lengthText(value)).toBe(text);
  });

  it('writes moments and rates', () => {
    expect(momentText(61_540)).toBe('61.5 s');
    expect(rateText(299.6)).toBe('300/s');
  });

  it('knows the unit of each measure', () => {
    expect(valueText({ kind: 'latency', statistic: 'mean', quantile: 0 }, 20)).toBe('20 ms');
    expect(valueText({ kind: 'success' }, 0.9991)).toBe('99.91 %');
    expect(valueText({ kind: 'goodput' }, 40)).toBe('40/s');
    expect(valueText({ kind: 'attempts' }, 1.098)).toBe('1.1');
  });
});
