import { z } from 'zod';
import { key, map, shortFor, valueNotes, wordFor, wrong } from './notes.ts';
import { positiveDuration } from './quantities.ts';
import { count, countOrUnlimited, word } from './values.ts';

/** More than a process works on at once. */
export const mostSlots = 1_000_000;
/** The most that failsafe-go and its kin let a limit grow to by default is 200 to 1000. */
const mostAdaptive = 1000;

const queueOrder = word('an order', ['fifo', 'lifo', 'codel']).prefault('fifo');

export const queueKeys = {
  order: key(queueOrder, 'who gets the next slot; codel: fifo that drops what waited too long'),
  maxWait: key(positiveDuration().optional(), 'the longest wait', 'none'),
  target: key(positiveDuration().prefault('5ms'), 'codel: the wait that is acceptable'),
  interval: key(
    positiveDuration().prefault('100ms'),
    'codel: the shortest wait must exceed the target for this long before it drops',
  ),
};

/** The queue of a limit: it has as many places as the limit has slots, if nothing else is said. */
const limitQueue = map('a queue', {
  limit: key(
    countOrUnlimited(0, mostSlots, 20).optional(),
    'how many attempts may wait; 0: none',
    'as many as slots, with an adaptive limit two to three times as many',
  ),
  ...queueKeys,
});

const adaptiveMap = map('an adaptive limit', {
  min: key(count(1, mostSlots, 1).prefault(1), 'the limit is never less'),
  max: key(count(1, mostSlots, mostAdaptive).prefault(mostAdaptive), 'the limit is never more'),
  initial: key(count(1, mostSlots, 20).prefault(20), 'the limit to begin with'),
}).refine((it) => it.min <= it.initial && it.initial <= it.max, {
  path: ['initial'],
  error: wrong('initial is not between min and max', 'write at least min, at most max'),
});

const fixed = count(1, mostSlots, 20);

const concurrency = z
  .union([fixed, z.literal('adaptive').transform(() => adaptiveMap.parse({})), adaptiveMap], {
    error: wrong('not a concurrency', 'write 20, adaptive, or { min: 1, max: 1000, initial: 20 }'),
  })
  .register(wordFor, { word: 'adaptive' })
  .register(valueNotes, {
    what: 'a whole number, the word adaptive, or a map',
    range: `1 to ${mostSlots}`,
    example: 'adaptive',
  });

const limitMap = map('a limit', {
  concurrency: key(
    concurrency,
    'attempts in flight at once; adaptive: as many as the callee takes without queueing',
  ),
  queue: key(limitQueue.prefault({}), 'where attempts wait for a slot'),
});

const adaptiveWord = z
  .literal('adaptive')
  .register(valueNotes, { what: 'the word', example: 'adaptive' });
const notALimit = {
  error: wrong('not a limit', 'write adaptive, 20, or { concurrency: 20, queue: { limit: 20 } }'),
};
const short = z.union([fixed, adaptiveWord], notALimit);

/** A bulkhead or a connection pool of a caller. */
export const limit = z
  .union([short.transform((slots) => limitMap.parse({ concurrency: slots })), limitMap], notALimit)
  .register(shortFor, { key: 'concurrency' });
