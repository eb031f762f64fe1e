import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ca03 } from './ca03-load-bearing-cache.ts';

/** One replica whose slots carry 20/s each. */
function cached(rate: string, slots = 2): string {
  return messages(
    ca03,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: prices }] }
  prices: { concurrency: ${slots}, steps: [{ wait: 50ms }] }
calls: { web -> prices: { cache: 60s } }
traffic: { people: { to: web, rate: ${rate}, keys: { count: 1000 } } }
`),
  );
}

describe('CA03', () => {
  it('finds a cache that holds the system up', () => {
    expect(cached('400/s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:6:34 high CA03
      web -> prices: with an empty cache prices gets 400/s, and can carry 40/s: it needs a hit
      ratio of 90 % at all times
        calls of web -> prices: 400/s (seaworthy.yaml:7)
        capacity of prices: 40/s (seaworthy.yaml:5)
      passes: a capacity of 400/s, or less traffic than that"
    `);
  });

  it('is content with an origin that carries all of it', () => {
    expect(cached('40/s')).toBe('');
    expect(cached('41/s')).toContain('ratio of 2.4 %');
    expect(cached('400/s', 20)).toBe('');
  });
});
