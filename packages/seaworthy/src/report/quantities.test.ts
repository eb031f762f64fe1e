import { describe, expect, it } from 'vitest';

import { countText, marginText, rateCell } from './quantities.ts';

describe('rateCell', () => {
  it.each([
    [0, '0/s'],
    [0.1234, '0.123/s'],
    [298.6, '299/s'],
    [9_994, '9,994/s'],
    [12_345, '12.3k/s'],
    [999_499, '999k/s'],
    [1_234_567, '1.23M/s'],
  ])('writes %d as %s', (perSecond, text) => {
    expect(rateCell(perSecond)).toBe(text);
  });
});

describe('marginText', () => {
  it.each([
    [0.2, '20 % to spare'],
    [0, '0 % to spare'],
    // Never better than it is, and never on the other side of the limit.
    [0.999, '99 % to spare'],
    [-0.001, '1 % beyond'],
    [-0.3, '30 % beyond'],
    [-1, '2x the limit'],
    [-15.4, '16.4x the limit'],
    [-12_345, 'more than 999x'],
  ])('says %d as %s', (margin, text) => {
    expect(marginText(margin)).toBe(text);
  });
});

describe('countText', () => {
  it.each([
    [1, '1 event'],
    [0, '0 events'],
    [12_345, '12,345 events'],
  ])('counts %d as %s', (count, text) => {
    expect(countText(count, 'event')).toBe(text);
  });
});
