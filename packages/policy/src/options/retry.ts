import type { Jitter, RetrySettings } from '../call/settings.ts';
import { budget } from './budget.ts';
import {
  countOrUnlimited,
  duration,
  factor,
  fields,
  listOf,
  OptionError,
  someShare,
  word,
} from './reader.ts';
import type { Reader } from './reader.ts';
import { reasonsOf } from './reasons.ts';

const jitters = ['none', 'full', 'equal', 'decorrelated', 'smooth'] as const;

const jitter: Reader<Jitter> = (value, at) => {
  if (jitters.includes(value as (typeof jitters)[number])) return value as Jitter;
  if (typeof value === 'string' && value.endsWith('%')) return someShare(value, at);
  throw new OptionError(at, value, `write one of: ${jitters.join(', ')}, or a share such as "20%"`);
};

/** What is worth another attempt. */
export const retryReasons = [
  'error',
  'overloaded',
  'reset',
  'unreachable',
  'timeout',
  'conflict',
] as const;

const backoffFields = fields({
  base: [duration, 50],
  cap: [duration, 1000],
  factor: [factor(1, 1000), 2],
  jitter: [jitter, 'full'],
});

const attempts = countOrUnlimited(1, 100);

const retryFields = fields({
  attempts: [attempts, 3],
  on: [listOf(word(retryReasons)), retryReasons],
  backoff: [backoffFields, backoffFields({}, '')],
  retryAfterMax: [duration, 30_000],
  budget: [budget],
});

export const retry: Reader<RetrySettings> = (value, at) => {
  const read = retryFields(
    typeof value === 'object' ? value : { attempts: attempts(value, at) },
    at,
  );
  const { backoff } = read;
  if (read.attempts === Infinity && read.budget === undefined) {
    throw new OptionError(at, value, 'unlimited attempts need a budget: { share: "10%" }');
  }
  return {
    attempts: read.attempts,
    backoff: {
      baseMs: backoff.base,
      capMs: backoff.cap,
      factor: backoff.factor,
      jitter: backoff.jitter,
    },
    retryAfterMaxMs: read.retryAfterMax,
    on: reasonsOf(read.on),
    ...(read.budget && { budget: read.budget }),
  };
};
