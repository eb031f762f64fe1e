import type { HedgeSettings, RetrySettings } from '../call/settings.ts';
import {
  anyShare,
  count,
  duration,
  fields,
  OptionError,
  positiveDuration,
  rate,
} from './reader.ts';
import type { Reader } from './reader.ts';

const delay: Reader<HedgeSettings['delay']> = (value, at) => {
  const match = typeof value === 'string' ? /^p(\d+(?:\.\d+)?)$/.exec(value) : null;
  if (match === null) return duration(value, at);
  const quantile = Number(`${match[1]}e-2`);
  if (quantile >= 0.5 && quantile <= 0.999) return { quantile };
  throw new OptionError(at, value, 'write p50 to p99.9, or a duration such as "50ms"');
};

const hedgeBudget = fields({
  share: [anyShare, 0.1],
  floor: [rate, 0],
  within: [positiveDuration, 10_000],
});

const hedgeFields = fields({
  delay: [delay, { quantile: 0.95 }],
  most: [count(1, 10), 1],
  budget: [hedgeBudget],
});

export function hedge(value: unknown, retries: RetrySettings | undefined): HedgeSettings {
  const read = hedgeFields(typeof value === 'object' ? value : { delay: value }, 'hedge');
  const { most, budget: own } = read;
  if (retries?.budget !== undefined) {
    if (own === undefined) return { delay: read.delay, most };
    const rule = 'leave it out: all extra work is charged to retry.budget';
    throw new OptionError('hedge.budget', (value as { budget: unknown }).budget, rule);
  }
  const { share: part, floor, within } = own ?? hedgeBudget({}, '');
  return {
    delay: read.delay,
    most,
    budget: { share: part, floorPerSecond: floor, withinMs: within },
  };
}
