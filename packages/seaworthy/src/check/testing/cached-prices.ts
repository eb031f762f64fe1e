import type { Landscape } from '../../model/import/landscape.ts';
import { modelLandscape } from './landscape.ts';

/** 400/s that are about a thousand keys, and a cache with a minute to live. */
export function cachedPrices(words: string): Landscape {
  return modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: prices }] }
  prices: { concurrency: 2, steps: [{ wait: 50ms }] }
calls: { web -> prices: { cache: { ttl: 60s, ${words} } } }
traffic: { people: { to: web, rate: 400/s, keys: { count: 1000, zipf: 0 } } }
`);
}
