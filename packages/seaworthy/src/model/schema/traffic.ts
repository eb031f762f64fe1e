import { z } from 'zod';
import { criticality } from './admission.ts';
import { key, map, wrong } from './notes.ts';
import {
  duration,
  positiveDuration,
  positiveRate,
  positiveShare,
  rate,
  runTime,
} from './quantities.ts';
import { count, countOrUnlimited, list, name, word } from './values.ts';
import { keys } from './cache.ts';
import { canTakeTime, distribution } from './distribution.ts';
import { requests } from './stage.ts';

/** More clients, each with its own policy state, do not change a result, but fill the memory. */
const mostClients = 1_000_000;

const ratePoint = map('a point of the rate', {
  at: key(runTime(), 'when it begins to change'),
  rate: key(rate(), 'where it goes'),
  over: key(duration().prefault('0s'), 'how long it takes to get there; 0s: a step'),
});

const points = list('points', ratePoint, 10_000)
  .min(1, { error: wrong('no points', 'such as [{ at: 0s, rate: 40/s }]') })
  .refine((it) => it[0]?.at === 0, {
    error: wrong('the rate has no beginning', 'the first point must be at 0s'),
  })
  .refine((it) => it.some((point) => point.rate > 0), {
    error: wrong('no traffic', 'at least one rate must be more than 0/s'),
  })
  .refine((it) => it.every((point, index) => index === 0 || point.at > it[index - 1]!.at), {
    error: wrong('the points do not ascend', 'sort them by their time'),
  })
  .refine((it) => it.every((point, index) => endsBefore(point, it[index + 1])), {
    error: wrong('a change is not over when the next begins', 'shorten over, or move at'),
  });

function endsBefore(point: { at: number; over: number }, next: { at: number } | undefined) {
  return next === undefined || point.at + point.over <= next.at;
}

const reload = map('a reload', {
  after: key(positiveDuration(), 'a user who has waited this long gives up'),
  share: key(positiveShare().prefault('100%'), 'how many of them ask again'),
  times: key(count(1, 1000, 2).prefault(1), 'how often one asks again'),
});

const to = key(name, 'the service that is called');
const impatience = key(
  reload.optional(),
  'impatient people, who drop a request and ask anew',
  'none',
);

const matters = key(criticality, 'how much it matters that the tasks succeed');
const asked = key(
  keys.optional(),
  'what tasks are about, for the caches on their way; tasks without a key are not cached',
  'none',
);

const sent = key(
  requests.optional(),
  'what `rehearse` sends, drawn by weight; `simulate` takes all tasks for alike',
  'the root',
);

const open = map('a source', {
  to,
  rate: key(
    z.union([positiveRate(), points], {
      error: (issue) =>
        typeof issue.input === 'number'
          ? wrong('a rate needs a unit', `write ${issue.input}/s`)
          : wrong('not a rate', 'write 300/s, or a list: [{ at: 0s, rate: 40/s }, ...]'),
    }),
    'tasks that arrive whatever the system does; a list where it changes over time',
  ),
  arrivals: key(
    word('a spacing', ['poisson', 'constant']).prefault('poisson'),
    'how arrivals are spaced',
  ),
  clients: key(
    count(1, mostClients, 100).prefault(1),
    'independent callers, each with its own retry budget, breaker and limit',
  ),
  criticality: matters,
  keys: asked,
  reload: impatience,
  requests: sent,
});

const closed = map('a source', {
  to,
  users: key(count(1, mostClients, 500), 'people who ask, wait for the answer, think, ask again'),
  think: key(
    distribution.refine(canTakeTime, {
      error: wrong(
        'users who never think would ask again in the same instant, for ever',
        'write 1ms or more',
      ),
    }),
    'the time between an answer and the next request of a user',
  ),
  tasks: key(
    countOrUnlimited(1, 1_000_000_000, 1).prefault('unlimited'),
    'how many tasks each user has, and then leaves',
  ),
  clients: key(
    count(1, mostClients, 100).optional(),
    'independent callers, each with its own retry budget, breaker and limit',
    'as many as users',
  ),
  criticality: matters,
  keys: asked,
  reload: impatience,
  requests: sent,
});

export const source = z.union([open, closed], {
  error: wrong('not a source of traffic', 'such as { to: web, rate: 300/s }'),
});

export type SourceEntry = z.output<typeof source>;
