import type { LimitSettings } from '../call/settings.ts';
import { count, countOrUnlimited, fields, OptionError, positiveDuration, word } from './reader.ts';
import type { Reader } from './reader.ts';

const slots = count(1, 1_000_000);
const adaptiveFields = fields({ min: [slots, 1], max: [slots, 1000], initial: [slots, 20] });

const concurrency: Reader<LimitSettings['concurrency']> = (value, at) => {
  if (typeof value === 'number') return slots(value, at);
  const read = adaptiveFields(value === 'adaptive' ? {} : value, at);
  if (read.min <= read.initial && read.initial <= read.max) return read;
  const rule = `write at least min, which is ${read.min}, and at most max, which is ${read.max}`;
  throw new OptionError(`${at}.initial`, read.initial, rule);
};

/** Adaptive ones are another part of a policy. */
const fixedConcurrency: Reader<number> = (value, at) => {
  if (typeof value === 'number') return slots(value, at);
  throw new OptionError(at, value, 'write a number; adaptive limits are of the part fullLimit');
};

const queueShape = {
  limit: [countOrUnlimited(0, 1_000_000)],
  order: [word(['fifo', 'lifo', 'codel']), 'fifo'],
  maxWait: [positiveDuration, undefined, 'maxWaitMs'],
  target: [positiveDuration, 5, 'targetMs'],
  interval: [positiveDuration, 100, 'intervalMs'],
} as const;
const queueFields = fields(queueShape);
const plainQueueFields = fields({ ...queueShape, order: [word(['fifo', 'lifo']), 'fifo'] });

/* @__NO_SIDE_EFFECTS__ */
function limitOf(
  concurrencyOf: Reader<LimitSettings['concurrency']>,
  queueOf: typeof plainQueueFields | typeof queueFields,
): Reader<LimitSettings> {
  const limitFields = fields({
    concurrency: [concurrencyOf, Number.NaN],
    queue: [queueOf, queueOf({}, '')],
  });
  return (value, at) => {
    const isShort = typeof value !== 'object';
    const read = limitFields(isShort ? { concurrency: concurrencyOf(value, at) } : value, at);
    if (!Number.isNaN(read.concurrency)) return read;
    throw new OptionError(at, value, 'write a concurrency: adaptive, or a number such as 20');
  };
}

export const limit: Reader<LimitSettings> = limitOf(concurrency, queueFields);
export const fixedLimit: Reader<LimitSettings> = limitOf(fixedConcurrency, plainQueueFields);
