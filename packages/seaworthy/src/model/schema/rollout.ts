import { z } from 'zod';
import { key, map, valueNotes, wrong } from './notes.ts';
import { duration, factor, lasting, runTime, share, size } from './quantities.ts';
import { count, text } from './values.ts';

/** As many as a service may have. */
const mostReplicas = 10_000;

const service = text('a service', 'web').register(valueNotes, {
  what: 'the name of a service',
  example: 'web',
});

/** So many replicas, or this share of all that the service is to have. */
function replicas(least: number) {
  return z.union(
    [
      count(least, mostReplicas, 1).transform((it) => ({ count: it, share: 0 })),
      share().transform((it) => ({ count: 0, share: it })),
    ],
    { error: wrong('not a number of replicas', 'write 1, or a share such as 25%') },
  );
}

const version = map('a version', {
  slower: key(factor().prefault('1x'), 'all `cpu` and `wait` times take this many times as long'),
  memory: key(
    factor().prefault('1x'),
    'it keeps this many times as much memory: `live`, `perRequest`',
  ),
  leak: key(size().prefault('0B'), 'what each request leaves behind for ever, beside other leaks'),
  fails: key(share().prefault('0%'), 'how many of its requests fail because of it'),
}).prefault({});

const pace = {
  surge: key(replicas(0).prefault('25%'), 'replicas above the wanted number meanwhile; rounded up'),
  unavailable: key(
    replicas(0).prefault('25%'),
    'replicas that may be missing meanwhile; rounded down',
  ),
  minReady: key(
    duration().prefault('0s'),
    'how long a new replica must be ready before it counts as available',
  ),
};

type Pace = { [Key in 'surge' | 'unavailable']: { count: number; share: number } };

/** With neither, not one replica could be replaced. */
function moves({ surge, unavailable }: Pace): boolean {
  return surge.count + surge.share + unavailable.count + unavailable.share > 0;
}

const stuck = {
  path: ['unavailable'],
  error: wrong('no replica can ever be replaced', 'allow a surge, or one that is unavailable'),
};

/** What replaces replicas, by the rules of a Kubernetes Deployment. */
export const rollouts = [
  map('a deploy', {
    at: key(runTime(), 'when it begins'),
    deploy: key(service, 'all its replicas are replaced, some at a time'),
    version: key(version, 'how the new version differs from the file'),
    rollbackAt: key(runTime().optional(), 'when the old version begins to come back', 'never'),
    ...pace,
  })
    .refine(moves, stuck)
    .refine((it) => it.rollbackAt === undefined || it.rollbackAt > it.at, {
      path: ['rollbackAt'],
      error: wrong('the rollback comes before the deploy', 'write a later time'),
    }),
  map('a canary', {
    at: key(runTime(), 'when it begins'),
    for: key(lasting().prefault('unlimited'), 'how long it lasts; unlimited: to the end'),
    canary: key(service, 'some of its replicas are replaced'),
    replicas: key(replicas(1).prefault(1), 'how many of them; a share is rounded up'),
    version: key(version, 'how the new version differs from the file'),
    ...pace,
  }).refine(moves, stuck),
] as const;
