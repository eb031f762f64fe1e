import { describe, expect, it } from 'vitest';
import { parseHttpDate } from './http-date.ts';

const nowMs = 1_800_000_000_000;

describe('an HTTP date', () => {
  it.each([
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Wed, 31 Dec 1969 23:59:59 GMT', -1000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784_111_777_000],
    ['Tue, 29 Feb 2000 12:00:00 GMT', 951_825_600_000],
    ['Sat, 31 Dec 2016 23:59:60 GMT', 1_483_228_800_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784_111_777_000],
    ['Wednesday, 01-Jan-76 00:00:00 GMT', 3_345_062_400_000],
    ['Friday, 01-Jan-78 00:00:00 GMT', 252_460_800_000],
    ['Sun Nov  6 08:49:37 1994', 784_111_777_000],
    ['Wed Nov 16 08:49:37 1994', 784_975_777_000],
  ])('%s', (text, ms) => {
    expect(parseHttpDate(text, nowMs)).toBe(ms);
  });

  it.each([
    '',
    '1994-11-06T08:49:37Z',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 06 nov 1994 08:49:37 GMT',
    'Sun, 31 Nov 1994 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Mon, 29 Feb 2100 00:00:00 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
  ])('not: %j', (text) => {
    expect(parseHttpDate(text, nowMs)).toBeUndefined();
  });
});
