import { z } from 'zod';
import { key, map, valueNotes, wrong } from './notes.ts';
import {
  duration,
  factor,
  lasting,
  lossShare,
  positiveShare,
  runTime,
  share,
} from './quantities.ts';
import { rollouts } from './rollout.ts';
import { count, list, text } from './values.ts';

const target = text('a target', 'payments').register(valueNotes, {
  what: 'the name of a service, or an edge',
  range: 'an edge is the network between two: web -> payments',
  example: 'payments',
});
const serviceTarget = text('a service', 'payments').register(valueNotes, {
  what: 'the name of a service',
  example: 'payments',
});

const when = {
  at: key(runTime(), 'when it begins'),
  for: key(lasting().prefault('unlimited'), 'how long it lasts; unlimited: to the end'),
};

const replicas = key(
  list('replicas', count(1, 10_000, 1), 10_000)
    .min(1, { error: wrong('no replicas', 'write their numbers, from 1: [1, 2]') })
    .optional(),
  'the replicas of the service, numbered from 1',
  'all',
);

const affected = (what: string) => key(positiveShare().prefault('100%'), what);

const slow = map('a fault', {
  ...when,
  slow: key(target, 'takes longer'),
  by: key(factor().prefault('1x'), 'times as long'),
  adds: key(duration().prefault('0s'), 'and this much longer'),
  replicas,
}).refine((it) => it.by !== 1 || it.adds !== 0, {
  path: ['slow'],
  error: wrong('slow by nothing', 'add by: 10x or adds: 100ms'),
});

const capacity = map('a fault', {
  ...when,
  capacity: key(serviceTarget, 'has fewer slots and cores'),
  to: key(share(), 'what is left of them; at least one of each'),
  replicas,
});

const burst = map('a fault', {
  ...when,
  burst: key(
    text('a source', 'shoppers').register(valueNotes, {
      what: 'the name of a source',
      example: 'shoppers',
    }),
    'sends more traffic',
  ),
  by: key(factor(), 'times as much'),
  over: key(duration().prefault('0s'), 'how long it takes to get there'),
});

const edgeTarget = text('an edge', 'web -> quotes').register(valueNotes, {
  what: 'an edge',
  example: 'web -> quotes',
});

const flush = map('a fault', {
  at: key(runTime(), 'when it happens'),
  flush: key(edgeTarget, 'its caches lose what they hold'),
  share: affected('how many of the keys'),
});

/** Something that happens to the system at a time. */
export const fault = z.union(
  [
    slow,
    map('a fault', {
      ...when,
      fail: key(target, 'answers with errors'),
      share: affected('how many of the requests'),
      replicas,
    }),
    map('a fault', {
      ...when,
      blackhole: key(target, 'takes requests and never answers'),
      share: affected('how many of the requests'),
      replicas,
    }),
    map('a fault', {
      ...when,
      reset: key(target, 'breaks connections'),
      share: affected('how many of the requests'),
      replicas,
    }),
    map('a fault', {
      ...when,
      loss: key(target, 'loses messages, which are sent again after 200 ms, 400 ms, ...'),
      share: key(lossShare(), 'how many of the messages'),
      replicas,
    }),
    capacity,
    map('a fault', {
      ...when,
      kill: key(serviceTarget, 'dies with all that it works on, and comes back empty'),
      replicas,
    }),
    map('a fault', {
      ...when,
      pause: key(serviceTarget, 'stands still, and goes on where it was'),
      replicas,
    }),
    map('a fault', {
      ...when,
      poison: key(
        text('a message queue', 'orders').register(valueNotes, {
          what: 'the name of a message queue',
          example: 'orders',
        }),
        'gets messages whose processing always fails',
      ),
      share: key(positiveShare(), 'how many of those that are published meanwhile'),
    }),
    burst,
    ...rollouts,
    flush,
  ],
  { error: wrong('not a fault', 'such as { at: 60s, for: 10s, slow: payments, by: 10x }') },
);

export type FaultEntry = z.output<typeof fault>;
