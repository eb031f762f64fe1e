import { describe, expect, it } from 'vitest';

import { cachedPrices } from '../../testing/cached-prices.ts';
import { messages } from '../../testing/cases.ts';
import { ca02 } from './ca02-hot-key.ts';
import { modelLandscape } from '../../testing/landscape.ts';

/** 400/s of 50 ms each: one key of four has 100/s, and five loads at once. */
function cache(words: string): string {
  return messages(ca02, cachedPrices(words));
}

describe('CA02', () => {
  it('finds a key that many load at once', () => {
    const keys = 'keys: { count: 3, zipf: 0 }';
    expect(cache(`singleFlight: false, early: 0, ${keys}`)).toMatchInlineSnapshot(`
      "seaworthy.yaml:6:60 high CA02
      web -> prices: when the hottest key expires, its 133/s load it 6.67 times at once
        calls of web -> prices: 400/s (seaworthy.yaml:7)
        mean time of prices: 50 ms (seaworthy.yaml:5)
        single flight: no (seaworthy.yaml:6)
      passes: singleFlight: true"
    `);
  });

  it('knows how popular the hottest key is', () => {
    const loads = (count: number, zipf: number): string =>
      cache(`singleFlight: false, early: 0, keys: { count: ${count}, zipf: ${zipf} }`);
    expect(loads(4, 0)).toBe('');
    // 1 / (1 + 1/2 + 1/3 + 1/4) of 400/s.
    expect(loads(4, 1)).toContain('192/s load it 9.6 times');
  });

  it('is content with a single flight, with early refresh', () => {
    expect(cache('singleFlight: true, early: 0, keys: { count: 1 }')).toBe('');
    expect(cache('singleFlight: false, early: 1, keys: { count: 1 }')).toBe('');
    // What a thousand keys have of 400/s is next to nothing.
    expect(cache('singleFlight: false, early: 0')).toBe('');
  });

  it('takes the keys of the people who ask', () => {
    const text = `seaworthy: 1
name: one
services: { prices: { concurrency: 2, steps: [{ wait: 50ms }] } }
calls: { people -> prices: { cache: { ttl: 60s, singleFlight: false, early: 0 } } }
traffic: { people: { to: prices, rate: 400/s, keys: { count: 2, zipf: 0 } } }
`;
    expect(messages(ca02, modelLandscape(text))).toContain('200/s load it 10 times');
  });
});
