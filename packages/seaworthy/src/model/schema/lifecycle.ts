import { z } from 'zod';
import { distribution } from './distribution.ts';
import { key, map, wrong } from './notes.ts';
import { growth, positiveDuration, positiveSize, size } from './quantities.ts';

/** How a replica that starts during the run comes up. */
export const start = map('a start', {
  readyAfter: key(
    distribution.prefault('10s'),
    'from the start of a new replica until callers choose it',
  ),
  slower: key(growth().prefault(1), 'how many times as long all times are when it gets ready'),
  warmUp: key(positiveDuration().prefault('30s'), 'how long until it is as fast as the others'),
});

/** The memory of one replica, and its collector. */
export const memory = map('a memory', {
  heap: key(positiveSize(), 'the most that one replica may use'),
  live: key(positiveSize(), 'what it keeps all the time: code, caches, connections'),
  garbage: key(positiveSize(), 'what a request allocates and leaves behind'),
  perRequest: key(
    size().prefault('0B'),
    'what a request keeps as long as it is there, in the queue or at work',
  ),
  leak: key(size().prefault('0B'), 'what a request leaves behind for ever'),
  pause: key(
    distribution,
    'how long a collection stops the replica that keeps `live`; in proportion where it keeps more',
  ),
}).refine((it) => it.live + it.perRequest + it.garbage <= it.heap, {
  path: ['live'],
  error: wrong('the heap has no room for a request', 'write less, or a larger heap'),
});

export type MemoryEntry = z.output<typeof memory>;
