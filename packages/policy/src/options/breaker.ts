import type { BreakerSettings } from '../call/settings.ts';
import { count, fields, OptionError, positiveDuration, someShare } from './reader.ts';
import type { Reader } from './reader.ts';

const slowFields = fields({ share: [someShare, Number.NaN], over: [positiveDuration, Number.NaN] });

const slow: Reader<NonNullable<BreakerSettings['slow']>> = (value, at) => {
  const { share: part, over } = slowFields(value, at);
  if (part > 0 && over > 0) return { share: part, overMs: over };
  throw new OptionError(at, value, 'write both: { share: "80%", over: "1s" }');
};

const breakerFields = fields({
  failures: [someShare],
  of: [count(1, 1_000_000), 20],
  within: [positiveDuration, 10_000],
  consecutive: [count(1, 1_000_000)],
  slow: [slow],
  open: [positiveDuration, 5000],
  openMax: [positiveDuration, 60_000],
  probes: [count(1, 1000), 3],
});

export const breaker: Reader<BreakerSettings> = (value, at) => {
  const read = breakerFields(value, at);
  const { consecutive, slow: slowRule, open, openMax } = read;
  if (openMax < open) {
    throw new OptionError(`${at}.openMax`, openMax, `write at least open, which is ${open} ms`);
  }
  const isShareMeant = consecutive === undefined && slowRule === undefined;
  const failures = read.failures ?? (isShareMeant ? 0.5 : undefined);
  return {
    ...(failures !== undefined && { failureShare: failures }),
    minimumCalls: read.of,
    withinMs: read.within,
    ...(consecutive !== undefined && { consecutiveFailures: consecutive }),
    ...(slowRule && { slow: slowRule }),
    openMs: open,
    openMaxMs: openMax,
    probes: read.probes,
  };
};
