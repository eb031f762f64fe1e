import type { BreakerSettings } from '../call/settings.ts';
import { checkBound, count, fields, OptionError, positiveDuration, someShare } from './reader.ts';
import type { Reader } from './reader.ts';

const slowFields = fields({
  share: [someShare, Number.NaN],
  over: [positiveDuration, Number.NaN, 'overMs'],
});

const slow: Reader<NonNullable<BreakerSettings['slow']>> = (value, at) => {
  const read = slowFields(value, at);
  if (read.share > 0 && read.overMs > 0) return read;
  throw new OptionError(at, value, 'write both: { share: "80%", over: "1s" }');
};

const breakerFields = fields({
  failures: [someShare, undefined, 'failureShare'],
  of: [count(1, 1_000_000), 20, 'minimumCalls'],
  within: [positiveDuration, 10_000, 'withinMs'],
  consecutive: [count(1, 1_000_000), undefined, 'consecutiveFailures'],
  slow: [slow],
  open: [positiveDuration, 5000, 'openMs'],
  openMax: [positiveDuration, 60_000, 'openMaxMs'],
  probes: [count(1, 1000), 3],
});

export const breaker: Reader<BreakerSettings> = (value, at) => {
  const read = breakerFields(value, at);
  checkBound(value, at, ['openMax', read.openMaxMs], ['open', read.openMs]);
  const isShareMeant = read.consecutiveFailures === undefined && read.slow === undefined;
  return isShareMeant ? { failureShare: 0.5, ...read } : read;
};
