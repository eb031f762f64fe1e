import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { jsonText } from './json-text.ts';

describe('jsonText', () => {
  it('has lists of numbers in a line, and everything else in its own', () => {
    expect(jsonText({ numbers: [1, -2.5, 1e21, null], names: ['a'], none: [], deep: [[0]] })).toBe(
      [
        '{',
        '  "numbers": [1, -2.5, 1e+21, null],',
        '  "names": [',
        '    "a"',
        '  ],',
        '  "none": [],',
        '  "deep": [',
        '    [0]',
        '  ]',
        '}',
      ].join('\n'),
    );
  });

  it('does not take for ever for many numbers that are no list of numbers', () => {
    const mixed = [...Array.from({ length: 100_000 }, (_, index) => index / 7), 'end'];
    expect(JSON.parse(jsonText(mixed))).toEqual(mixed);
  });

  it('says the same, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText({ value }))).toEqual(JSON.parse(JSON.stringify({ value })));
      }),
    );
  });
});
