import { describe, expect, it } from 'vitest';

import { readRows, type RowsError } from './read-rows.ts';

function refusal(text: string, file: string): string {
  try {
    readRows(text, file);
    return 'none';
  } catch (error) {
    const { message, expected } = error as RowsError;
    return `${message}: ${expected}`;
  }
}

describe('rows of CSV', () => {
  it.each([['a,b\n1,2\n3,4\n'], ['\uFEFFa, b\r\n1,2\r\n\r\n3,4'], ['"a","b"\n"1","2"\n"3",4']])(
    '%j',
    (text) => {
      expect(readRows(text, 'a.csv')).toEqual([
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ]);
    },
  );

  it('have commas, quotes and line breaks in quotes, and empty values', () => {
    expect(readRows('a,b\n"x, ""y""\nz",\n', 'a.csv')).toEqual([{ a: 'x, "y"\nz', b: '' }]);
  });

  it.each([
    ['a.csv:4: 3 values: 2, as in line 1', 'a,b\n"1\n1",2\n1,2,3\n'],
    ['a.csv:3: a quote out of place: write "say ""so""", all in quotes', 'a\n1\nx"y"\n'],
    ['a.csv:2: a quote out of place: write "say ""so""", all in quotes', 'a\n"1\n2\n'],
    ['a.csv:1: no rows: at least one', 'a,b\n'],
    ['a.csv:1: no rows: at least one', ''],
  ])('are refused: %s', (says, text) => expect(refusal(text, 'a.csv')).toBe(says));
});

describe('rows of NDJSON', () => {
  it('are objects, one a line', () => {
    const text = '{"a":"x","b":7}\n\n{"a":null,"b":{"c":[1]}}\r\n';
    expect(readRows(text, 'a.ndjson')).toEqual([
      { a: 'x', b: '7' },
      { a: 'null', b: '{"c":[1]}' },
    ]);
  });

  it.each([
    [/^a\.jsonl:2: no JSON: /, '{}\n{"a"\n'],
    [/^a\.jsonl:1: not an object: such as /, '[1]\n'],
  ])('are refused: %s', (says, text) => expect(refusal(text, 'a.jsonl')).toMatch(says));
});
