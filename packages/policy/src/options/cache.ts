import type { CacheSettings } from '../cache/settings.ts';
import {
  anyShare,
  count,
  duration,
  fields,
  number,
  OptionError,
  positiveDuration,
  truth,
} from './reader.ts';
import type { Reader } from './reader.ts';

const cacheFields = fields({
  ttl: [positiveDuration, Number.NaN, 'ttlMs'],
  jitter: [anyShare, 0.1],
  early: [number(0, 1000), 1],
  staleWhileRevalidate: [duration, 0, 'staleWhileRevalidateMs'],
  staleIfError: [duration, 0, 'staleIfErrorMs'],
  negative: [duration, 0, 'negativeMs'],
  singleFlight: [truth, true],
  capacity: [count(1, 10_000_000), 10_000],
});

/** The short form: `cache: '60s'`. */
function lifetime(value: string, at: string): { readonly ttl: string } {
  positiveDuration(value, at);
  return { ttl: value };
}

export const cache: Reader<CacheSettings> = (value, at) => {
  const read = cacheFields(typeof value === 'string' ? lifetime(value, at) : value, at);
  if (read.ttlMs > 0) return read;
  throw new OptionError(at, value, 'write a ttl such as "60s"');
};
