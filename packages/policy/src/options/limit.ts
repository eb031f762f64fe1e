import type { LimitSettings } from '../call/settings.ts';
import { count, countOrUnlimited, fields, OptionError, positiveDuration, word } from './reader.ts';
import type { Reader } from './reader.ts';

const slots = count(1, 1_000_000);
const adaptiveFields = fields({ min: [slots, 1], max: [slots, 1000], initial: [slots, 20] });

const concurrency: Reader<LimitSettings['concurrency']> = (value, at) => {
  if (typeof value === 'number') return slots(value, at);
  const read = adaptiveFields(value === 'adaptive' ? {} : value, at);
  if (read.min <= read.initial && read.initial <= read.max) return read;
  throw new OptionError(`${at}.initial`, read.initial, 'write at least min, at most max');
};

const queueFields = fields({
  limit: [countOrUnlimited(0, 1_000_000)],
  order: [word(['fifo', 'lifo', 'codel']), 'fifo'],
  maxWait: [positiveDuration],
  target: [positiveDuration, 5],
  interval: [positiveDuration, 100],
});

const limitFields = fields({
  concurrency: [concurrency, Number.NaN],
  queue: [queueFields, queueFields({}, '')],
});

export const limit: Reader<LimitSettings> = (value, at) => {
  const isShort = typeof value !== 'object';
  const read = limitFields(isShort ? { concurrency: concurrency(value, at) } : value, at);
  if (Number.isNaN(read.concurrency)) {
    throw new OptionError(at, value, 'write a concurrency: adaptive, or a number such as 20');
  }
  const { limit: places, order, maxWait, target, interval } = read.queue;
  const queue = {
    order,
    ...(maxWait !== undefined && { maxWaitMs: maxWait }),
    targetMs: target,
    intervalMs: interval,
    ...(places !== undefined && { limit: places }),
  };
  return { concurrency: read.concurrency, queue };
};
