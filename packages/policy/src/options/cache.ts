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
  ttl: [positiveDuration, Number.NaN],
  jitter: [anyShare, 0.1],
  early: [number(0, 1000), 1],
  staleWhileRevalidate: [duration, 0],
  staleIfError: [duration, 0],
  negative: [duration, 0],
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
  if (Number.isNaN(read.ttl)) throw new OptionError(at, value, 'write a ttl such as "60s"');
  return {
    ttlMs: read.ttl,
    jitter: read.jitter,
    early: read.early,
    staleWhileRevalidateMs: read.staleWhileRevalidate,
    staleIfErrorMs: read.staleIfError,
    negativeMs: read.negative,
    singleFlight: read.singleFlight,
    capacity: read.capacity,
  };
};
