import { distribution } from './distribution.ts';
import { key, map, wrong } from './notes.ts';
import {
  duration,
  growth,
  positiveDuration,
  positiveShare,
  positiveSize,
  share,
  size,
} from './quantities.ts';
import { count } from './values.ts';

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

/** As many as a service may have. */
const mostReplicas = 10_000;

/** The number of replicas by load. */
export const autoscale = map('an autoscaler', {
  min: key(count(1, mostReplicas, 2).prefault(1), 'never fewer replicas'),
  max: key(count(1, mostReplicas, 10), 'never more replicas'),
  cpu: key(
    positiveShare().optional(),
    'how much of its cores each replica should use',
    '80%; with inFlight none',
    (has) => (has('inFlight') ? 'none' : '80%'),
  ),
  inFlight: key(
    count(1, 1_000_000, 20).optional(),
    'how many requests should be at each replica, in its queue or at work, instead',
    'none',
  ),
  every: key(positiveDuration().prefault('15s'), 'how often it looks at the load since then'),
  stabilization: key(
    duration().prefault('5m'),
    'it scales down to the most that was asked for within this time',
  ),
  tolerance: key(share().prefault('10%'), 'how far from the target nothing happens'),
})
  .refine((it) => it.min <= it.max, {
    path: ['max'],
    error: wrong('max is below min', 'write at least as much'),
  })
  .refine((it) => it.cpu === undefined || it.inFlight === undefined, {
    path: ['inFlight'],
    error: wrong('cpu and inFlight at once', 'choose one of them'),
  });
