import { describe, expect, it } from 'vitest';

import { cachedPrices } from '../../testing/cached-prices.ts';
import { messages } from '../../testing/cases.ts';
import { ca01 } from './ca01-expire-together.ts';

/** 400/s, and a minute to live. */
function cache(words: string): string {
  return messages(ca01, cachedPrices(words));
}

describe('CA01', () => {
  it('finds entries that expire by the clock', () => {
    expect(cache('jitter: 0%, early: 0')).toMatchInlineSnapshot(`
      "seaworthy.yaml:6:54 high CA01
      web -> prices: its entries live 60 s, spread by 0 %, and none is refreshed before
        time to live: 60 s (seaworthy.yaml:6)
        jitter: 0 % (seaworthy.yaml:6)
      passes: jitter: 10%, or early: 1"
    `);
  });

  it('is content with a tenth of jitter, or with early refresh', () => {
    expect(cache('jitter: 9%, early: 0')).toContain('CA01');
    expect(cache('jitter: 10%, early: 0')).toBe('');
    expect(cache('jitter: 0%, early: 1')).toBe('');
  });
});
