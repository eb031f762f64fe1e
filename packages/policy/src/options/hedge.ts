import type { HedgeSettings } from '../call/settings.ts';
import type { CallPolicy } from './call-policy.ts';
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
  floor: [rate, 0, 'floorPerSecond'],
  within: [positiveDuration, 10_000, 'withinMs'],
});

const hedgeFields = fields({
  delay: [delay, { quantile: 0.95 }],
  most: [count(1, 10), 1],
  budget: [hedgeBudget],
});

/** @param retry How attempts are repeated: where that has a budget, hedges are charged to it. */
export function hedge(value: unknown, retry: CallPolicy['retry']): HedgeSettings {
  const read = hedgeFields(typeof value === 'object' ? value : { delay: value }, 'hedge');
  const isCharged = typeof retry === 'object' && retry.budget !== undefined;
  if (!isCharged) return { budget: hedgeBudget({}, ''), ...read };
  if (read.budget === undefined) return read;
  const rule = 'leave it out: all extra work is charged to retry.budget';
  throw new OptionError('hedge.budget', (value as { budget: unknown }).budget, rule);
}
