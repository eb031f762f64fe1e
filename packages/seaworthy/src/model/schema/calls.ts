import { z } from 'zod';
import { admission } from './admission.ts';
import { key, map, shortFor, valueNotes, wrong } from './notes.ts';
import { duration, growth, positiveDuration, positiveShare, rate, share } from './quantities.ts';
import { count, countOrUnlimited, list, name, truth, word } from './values.ts';
import { network } from './network.ts';
import { parseUnit, shareUnit } from '../unit.ts';
import { distribution } from './distribution.ts';
import { cache } from './cache.ts';
import { balance, outliers } from './endpoints.ts';
import { checkHedge, hedge } from './hedge.ts';
import { limit } from './limit.ts';
import { throttle } from './throttle.ts';

/** Attempts beyond this are a loop, not a retry. */
const mostAttempts = 100;

const reasons = ['error', 'overloaded', 'reset', 'unreachable', 'timeout', 'conflict'] as const;
const jitters = ['none', 'full', 'equal', 'decorrelated', 'smooth'] as const;
export type JitterWord = (typeof jitters)[number];

const jitter = z
  .string({ error: wrong('not a jitter', `one of: ${jitters.join(', ')}, or a share: 20%`) })
  .regex(/^(none|full|equal|decorrelated|smooth|\d+(\.\d+)?%)$/, {
    abort: true,
    error: wrong('not a jitter', `one of: ${jitters.join(', ')}, or a share: 20%`),
  })
  .transform((text, context): JitterWord | number => {
    const spread = parseUnit(shareUnit, text);
    if (spread === undefined) return text as JitterWord;
    if (spread > 0 && spread <= 1) return spread;
    context.addIssue({
      code: 'custom',
      message: wrong('a share out of range', 'more than 0%, at most 100%'),
    });
    return z.NEVER;
  })
  .register(valueNotes, {
    what: 'a word or a share',
    range: `${jitters.join(', ')}, or more than 0%, at most 100%`,
    example: 'full',
  });

export const backoff = map('a backoff', {
  base: key(duration().prefault('50ms'), 'the delay before the second attempt, before jitter'),
  cap: key(duration().prefault('1s'), 'no delay is longer, before jitter'),
  factor: key(growth().prefault(2), 'growth from one delay to the next'),
  jitter: key(
    jitter.prefault('full'),
    'how delays are spread; 20%: by a factor of 0.8 to 1.2; full: from 0 to the delay',
  ),
});

const budget = map('a budget', {
  share: key(share().prefault('10%'), 'extra attempts for each first attempt'),
  floor: key(
    rate().optional(),
    'extra attempts that are allowed whatever the traffic',
    '1/s; with a bucket 0/s',
    (has) => (has('bucket') ? '0/s' : '1/s'),
  ),
  within: key(positiveDuration().prefault('10s'), 'the window over which attempts are counted'),
  bucket: key(
    count(1, 1_000_000, 5).optional(),
    'a token bucket of this size instead of the window; it starts full',
    'none',
  ),
  failures: key(
    share().optional(),
    'no extra attempt while failed attempts for each first one are above this share',
    'none',
  ),
  shared: key(
    truth().prefault(false),
    'one budget for all callers of the edge, instead of one for each client or replica',
  ),
});

const retryMap = map('a retry', {
  attempts: key(
    countOrUnlimited(1, mostAttempts, 3).prefault(3),
    'tries in all, the first and hedges included; unlimited needs a budget',
  ),
  on: key(
    list('reasons', word('a reason', reasons), reasons.length).prefault([...reasons]),
    'what is worth another attempt',
  ),
  backoff: key(backoff.prefault({}), 'the delays between attempts'),
  retryAfterMax: key(
    duration().prefault('30s'),
    'a wish of the callee for a longer delay ends the call',
  ),
  budget: key(budget.optional(), 'how much extra work retries and hedges may make', 'none'),
});

const retryDefaults = retryMap.parse({});

const retry = z
  .union(
    [
      countOrUnlimited(1, mostAttempts, 3).transform((attempts) => ({
        ...retryDefaults,
        attempts,
      })),
      retryMap,
    ],
    { error: wrong('not a retry', 'write 3, or { attempts: 3, budget: { share: 10% } }') },
  )
  .refine((it) => it.attempts !== Infinity || it.budget !== undefined, {
    error: wrong('unlimited attempts without a budget', 'add budget: { share: 10% }'),
  })
  .register(shortFor, { key: 'attempts' });

const breaker = map('a breaker', {
  failures: key(
    positiveShare().optional(),
    'opens when this share of the attempts in the window failed',
    '50%; with consecutive or slow never',
    (has) => (has('consecutive') || has('slow') ? 'never' : '50%'),
  ),
  of: key(count(1, 1_000_000, 20).prefault(20), 'no share is judged from fewer attempts'),
  within: key(positiveDuration().prefault('10s'), 'the window over which attempts are counted'),
  consecutive: key(
    count(1, 1_000_000, 5).optional(),
    'opens after so many failures in a row',
    'never',
  ),
  slow: key(
    map('a slow-call rule', {
      share: key(positiveShare(), 'the share of slow attempts in the window'),
      over: key(positiveDuration(), 'an attempt that takes longer is slow'),
    }).optional(),
    'opens when this share of the attempts was slow',
    'never',
  ),
  open: key(positiveDuration().prefault('5s'), 'how long it stays open at first'),
  openMax: key(
    positiveDuration().prefault('60s'),
    'each opening after a failed probe lasts twice as long, up to this',
  ),
  probes: key(
    count(1, 1000, 3).prefault(3),
    'how many probes are let through and must succeed before it closes',
  ),
}).refine((it) => it.openMax >= it.open, {
  path: ['openMax'],
  error: wrong('openMax is below open', 'write at least as much'),
});

const fallbackLink = z.union(
  [
    map('a fallback', { call: key(name, 'another service that answers instead') }),
    map('a fallback', { answer: key(distribution, 'a local value, ready after this time') }),
  ],
  { error: wrong('not a fallback', 'such as { call: quotes } or { answer: 1ms }') },
);

/**
 * What one call may do. Every edge has one of these, with the defaults where the file has no entry.
 */
export const call = map('a policy', {
  deadline: key(positiveDuration().optional(), 'the total time a call may take', 'none'),
  timeout: key(positiveDuration().optional(), 'the time one attempt may take', 'none'),
  taskAttempts: key(
    count(1, 1_000_000, 6).optional(),
    'attempts that a task may use, this call and all calls below it that know the task',
    'as inherited',
  ),
  propagate: key(
    truth().prefault(false),
    'the callee learns the deadline, the attempts left and the criticality; most systems do not',
  ),
  admission: key(
    admission.optional(),
    'sheds calls by criticality while others wait for a slot of the limit',
    'none',
  ),
  cache: key(cache.optional(), 'answers from memory, where the same was asked before', 'none'),
  retry: key(retry.optional(), 'tries again when an attempt fails', 'none'),
  throttle: key(
    throttle.optional(),
    'does not send what an overloaded callee would refuse anyway',
    'none',
  ),
  hedge: key(
    hedge.optional(),
    'a second attempt beside one that takes long; only for calls that may run twice',
    'none',
  ),
  balance: key(
    balance.optional(),
    'how each caller chooses a replica, by what it sees itself',
    'as the service, seen from outside',
  ),
  outliers: key(
    outliers.optional(),
    'replicas that behave worse than the others, as a caller sees them, are left out for a while',
    'none',
  ),
  breaker: key(breaker.optional(), 'stops calling a callee that fails', 'none'),
  limit: key(limit.optional(), 'attempts in flight: a bulkhead or a connection pool', 'none'),
  fallback: key(
    list('fallbacks', fallbackLink, 10).prefault([]),
    'what answers when the call fails, one after the other',
  ),
  fallbackReserve: key(
    duration().prefault('0s'),
    'time of the deadline that is kept for the fallback',
  ),
  network: key(network.prefault({}), 'what lies between caller and callee'),
})
  .refine((it) => it.deadline === undefined || it.fallbackReserve < it.deadline, {
    path: ['fallbackReserve'],
    error: wrong('the reserve takes the whole deadline', 'write less than the deadline'),
  })
  .refine((it) => it.admission === undefined || it.limit !== undefined, {
    path: ['admission'],
    error: wrong('nobody ever waits without a limit', 'add limit: 20'),
  })
  .check((context) => checkHedge(context.value, context));

export type CallPolicyEntry = z.output<typeof call>;
