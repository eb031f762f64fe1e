import { z } from 'zod';
import { admission } from './admission.ts';
import { autoscale, memory, start } from './lifecycle.ts';
import { key, map, valueNotes, wrong } from './notes.ts';
import { duration, factor, speedShare } from './quantities.ts';
import { count, countOrUnlimited, list, word } from './values.ts';
import { distribution } from './distribution.ts';
import { mostSlots, queueKeys } from './limit.ts';
import { address, processOrCommand, urlPath } from './stage.ts';
import { steps } from './steps.ts';

/** A service with more is modelled by fewer, larger replicas. */
const mostReplicas = 10_000;
/** More than a machine has. */
const mostCores = 1024;

const queue = map('a queue', {
  limit: key(
    countOrUnlimited(0, mostSlots, 128).prefault('unlimited'),
    'how many requests may wait; 0: none',
  ),
  ...queueKeys,
});

const replica = map('a replica', {
  concurrency: key(
    countOrUnlimited(1, mostSlots, 64).optional(),
    'worker slots of this replica',
    'as the service',
  ),
  cores: key(count(1, mostCores, 2).optional(), 'cores of this replica', 'as the service'),
  speed: key(speedShare().prefault('100%'), 'how fast it works; 50% takes twice as long'),
});

const pause = map('a pause', {
  every: key(distribution, 'from the end of one pause to the next'),
  for: key(distribution, 'how long the replica stands still'),
});

const slowdown = z
  .record(
    z.string().regex(/^\d{1,7}$/, { error: wrong('not a whole number', 'requests in flight') }),
    factor(),
    { error: wrong('not a table', 'requests in flight and a factor: { 0: 1x, 100: 2x }') },
  )
  .register(valueNotes, { what: 'a table', example: '{ 0: 1x, 100: 2x }' });

export const service = map('a service', {
  replicas: key(
    z
      .union(
        [
          count(1, mostReplicas, 3),
          list('replicas', replica, mostReplicas).min(1, {
            error: wrong('no replicas', 'a list with a map for each: [{}, {}, { speed: 50% }]'),
          }),
        ],
        { error: wrong('not a number of replicas', `write 1 to ${mostReplicas}, or a list`) },
      )
      .prefault(1),
    'how many replicas it has, or a list of what differs between them',
  ),
  concurrency: key(
    countOrUnlimited(1, mostSlots, 64).prefault('unlimited'),
    'worker slots of one replica: requests it works on at once',
  ),
  cores: key(count(1, mostCores, 2).prefault(1), 'cores of one replica; `cpu` steps need them'),
  scheduling: key(
    word('a scheduling', ['shared', 'fifo']).prefault('shared'),
    'how `cpu` steps share the cores; shared: processor sharing',
  ),
  queue: key(queue.prefault({}), 'where requests wait for a worker slot of one replica'),
  balance: key(
    word('a balance', ['round-robin', 'random', 'least-in-flight', 'two-choices']).prefault(
      'round-robin',
    ),
    'how callers choose a replica',
  ),
  admission: key(
    admission.optional(),
    'sheds requests by criticality while others wait for a worker slot',
    'none',
  ),
  abandoned: key(
    word('an answer', ['served', 'cancelled']).prefault('served'),
    'what becomes of a request whose caller has gone',
  ),
  slowdown: key(
    slowdown.optional(),
    'a factor for all times by requests in flight at the replica; linear between the points',
    'none',
  ),
  pauses: key(
    list('pauses', pause, 10).prefault([]),
    'times at which a replica stands still, such as garbage collection',
  ),
  memory: key(memory.optional(), 'the memory of one replica, and its garbage collector', 'plenty'),
  autoscale: key(
    autoscale.optional(),
    'more replicas for more load, as the HorizontalPodAutoscaler of Kubernetes has it',
    'as many as from the beginning',
  ),
  start: key(
    start.prefault({}),
    'how replicas come up, in a deploy, after a `kill`, or for more load; the first ones are warm',
  ),
  grace: key(
    duration().prefault('30s'),
    'how long a replica that is to go may work off what it holds; the rest is reset',
  ),
  steps: key(steps.prefault([]), 'what a request does'),
  run: key(
    processOrCommand.optional(),
    'how `rehearse` starts it, one process for each replica',
    'not started',
  ),
  address: key(address.optional(), 'where `rehearse` finds it, running already', 'not running'),
  metrics: key(
    urlPath('/metrics').optional(),
    'where `rehearse` reads what the library says of its policies, as text for Prometheus',
    'not read',
  ),
})
  .refine((it) => it.admission === undefined || hasSlots(it), {
    path: ['admission'],
    error: wrong('nobody ever waits at this door', 'give the service a concurrency, such as 64'),
  })
  .refine((it) => it.run === undefined || it.address === undefined, {
    path: ['address'],
    error: wrong('started, and running already', 'leave out run or address'),
  });

function hasSlots(entry: {
  concurrency: number;
  replicas: number | readonly { concurrency?: number | undefined }[];
}): boolean {
  if (entry.concurrency !== Infinity) return true;
  if (typeof entry.replicas === 'number') return false;
  return entry.replicas.some((one) => (one.concurrency ?? Infinity) !== Infinity);
}

export type ServiceEntry = z.output<typeof service>;
