import type { CacheSettings } from '../cache/settings.ts';

/** A cache that remembers for a second, and does nothing else. */
export const plainCache: CacheSettings = {
  ttlMs: 1000,
  jitter: 0,
  early: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  negativeMs: 0,
  singleFlight: true,
  capacity: 100,
};
