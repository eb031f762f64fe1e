import type { Jitter, RetrySettings } from '../call/settings.ts';
import { budget } from './budget.ts';
import { countOrUnlimited, duration, factor, fields, OptionError, someShare } from './reader.ts';
import type { Reader } from './reader.ts';
import { reasonsAmong, reasonsOf, retryReasons } from './reasons.ts';

const plainJitters = ['none', 'full', 'equal', 'decorrelated'] as const;

/** A word of these, or a share. */
/* @__NO_SIDE_EFFECTS__ */
function jitterOf(words: readonly Jitter[]): Reader<Jitter> {
  return (value, at) => {
    if (words.includes(value as Jitter)) return value as Jitter;
    if (typeof value === 'string' && value.endsWith('%')) return someShare(value, at);
    throw new OptionError(at, value, `write one of: ${words.join(', ')}, or a share such as "20%"`);
  };
}

const attempts = countOrUnlimited(1, 100);

/* @__NO_SIDE_EFFECTS__ */
function retryOf(jitter: Reader<Jitter>): Reader<RetrySettings> {
  const backoff = fields({
    base: [duration, 50, 'baseMs'],
    cap: [duration, 1000, 'capMs'],
    factor: [factor(1, 1000), 2],
    jitter: [jitter, 'full'],
  });
  const retryFields = fields({
    attempts: [attempts, 3],
    on: [reasonsAmong(retryReasons), reasonsOf(retryReasons)],
    backoff: [backoff, backoff({}, '')],
    retryAfterMax: [duration, 30_000, 'retryAfterMaxMs'],
    budget: [budget],
  });
  return (value, at) => {
    const isShort = typeof value !== 'object';
    const read = retryFields(isShort ? { attempts: attempts(value, at) } : value, at);
    if (read.attempts < Infinity || read.budget !== undefined) return read;
    throw new OptionError(at, value, 'unlimited attempts need a budget: { share: "10%" }');
  };
}

export const retry: Reader<RetrySettings> = retryOf(jitterOf([...plainJitters, 'smooth']));
export const plainRetry: Reader<RetrySettings> = retryOf(jitterOf(plainJitters));
