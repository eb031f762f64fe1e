import { z } from 'zod';
import { key, map, shortFor, wrong } from './notes.ts';
import { duration, positiveDuration, share } from './quantities.ts';
import { count, number, truth } from './values.ts';

/** More keys than a cache on one machine holds. */
const mostKeys = 1_000_000_000;
const mostEntries = 10_000_000;

/** Beyond this, one key in a million would be asked for besides the first. */
const steepest = 20;

/** What is asked for: `count` keys, the k-th most popular in proportion to 1 / k^zipf. */
export const keys = map('keys', {
  count: key(count(1, mostKeys, 1000), 'how many different things are asked for'),
  zipf: key(
    number(0, steepest, 0.9).prefault(1),
    'how uneven: the k-th most popular is asked for in proportion to 1 / k^zipf; 0: all alike',
  ),
});

const warm = z
  .union([truth().transform((is) => (is ? 1 : 0)), share()], {
    error: wrong('not a share', 'write true, or the share that is there: 80%'),
  })
  .prefault(false);

const cacheMap = map('a cache', {
  ttl: key(positiveDuration(), 'how long an answer is fresh, before jitter'),
  jitter: key(
    share().prefault('10%'),
    'spreads the ends: 10%: by a factor of 0.9 to 1.1; 0%: what was filled together ends together',
  ),
  early: key(
    number(0, 1000, 1).prefault(1),
    'refreshes at random before the end (XFetch), sooner the longer an answer takes; 0: never',
  ),
  staleWhileRevalidate: key(
    duration().prefault('0s'),
    'so long after its end an answer is given while it is refreshed in the background',
  ),
  staleIfError: key(
    duration().prefault('0s'),
    'so long after its end an answer is given when a new one is not to be had',
  ),
  negative: key(duration().prefault('0s'), 'so long a failure is remembered, and given'),
  singleFlight: key(
    truth().prefault(true),
    'calls of one caller that miss the same key share one flight; false: each goes by itself',
  ),
  capacity: key(
    count(1, mostEntries, 10_000).prefault(10_000),
    'keys at most; the one used longest ago makes room',
  ),
  shared: key(
    truth().prefault(false),
    'one cache for all callers of the edge, such as a Redis, instead of one in each; flights are ' +
      'each caller’s own',
  ),
  keys: key(keys.optional(), 'what calls over this edge ask for', 'what their task is about'),
  warm: key(
    warm,
    'the share of the keys, the popular first, that is there at the start, as after a long time',
  ),
});

const cacheDefaults = cacheMap.parse({ ttl: '1s' });

/** What a call may answer from memory. */
export const cache = z
  .union([positiveDuration().transform((ttl) => ({ ...cacheDefaults, ttl })), cacheMap], {
    error: wrong('not a cache', 'write 60s, or { ttl: 60s, staleIfError: 5m }'),
  })
  .register(shortFor, { key: 'ttl' });
