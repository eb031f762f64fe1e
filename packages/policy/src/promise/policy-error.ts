import { reasonNames } from '../call/reason.ts';
import type { Reason, ReasonWord } from '../call/reason.ts';

/** `SEAWORTHY_` and the reason in capitals. Stable: docs/errors.md has what each says. */
export type PolicyErrorCode =
  | 'SEAWORTHY_ERROR'
  | 'SEAWORTHY_OVERLOADED'
  | 'SEAWORTHY_RESET'
  | 'SEAWORTHY_UNREACHABLE'
  | 'SEAWORTHY_TIMEOUT'
  | 'SEAWORTHY_CONFLICT'
  | 'SEAWORTHY_LAG'
  | 'SEAWORTHY_DEADLINE'
  | 'SEAWORTHY_THROTTLED'
  | 'SEAWORTHY_BREAKER_OPEN'
  | 'SEAWORTHY_QUEUE_FULL'
  | 'SEAWORTHY_QUEUE_TIMEOUT'
  | 'SEAWORTHY_QUEUE_DROPPED'
  | 'SEAWORTHY_ATTEMPTS_SPENT'
  | 'SEAWORTHY_CANCELLED'
  | 'SEAWORTHY_SHUTDOWN'
  | 'SEAWORTHY_SHED'
  | 'SEAWORTHY_OVERTAKEN';

const texts: Readonly<Partial<Record<ReasonWord, string>>> = {
  timeout: 'the attempt did not answer within its timeout',
  lag: 'the process was held up for longer than the timeout of the attempt',
  deadline: 'the deadline has passed',
  throttled: 'held back, because the dependency refuses most of what it gets',
  'breaker-open': 'the breaker is open',
  'queue-full': 'all slots are taken and the queue is full',
  'queue-timeout': 'no slot came free within the longest wait',
  'queue-dropped': 'dropped from the queue, which has been standing for too long',
  'attempts-spent': 'the task has used all the attempts that it carries',
  cancelled: 'the caller gave up',
  shutdown: 'the policy is shutting down',
  shed: 'shed for its criticality',
  overtaken: 'another attempt of the same call succeeded first',
};

/** What the caller wanted itself, and what was refused so that others are served. */
const notWorthAsking: readonly ReasonWord[] = [
  'cancelled',
  'overtaken',
  'shutdown',
  'shed',
  'attempts-spent',
];

/**
 * A call that a policy ended by a decision of its own. What the function itself threw is passed on
 * as it is, unless a timeout or a deadline came first.
 */
export class PolicyError extends Error {
  /** `PolicyError`. */
  override readonly name: string = 'PolicyError';
  /** `SEAWORTHY_` and the reason in capitals, such as `SEAWORTHY_BREAKER_OPEN`. Stable. */
  readonly code: PolicyErrorCode;
  /** What ended the call, as a word: `timeout`, `deadline`, `breaker-open`, ... */
  readonly reason: ReasonWord;
  /** The name of the policy. */
  readonly who: string;
  /**
   * Whether it makes sense to ask again, elsewhere or later. Another try by the caller here and now
   * never does: the policy would have made it.
   */
  readonly retryable: boolean;
  /** When asking again can succeed at the earliest, in milliseconds, where that is known. */
  readonly retryAfterMs: number | undefined;

  /** For tests of what handles it: policies make their own. */
  constructor(who: string, reason: Reason, cause?: unknown, retryAfterMs?: number) {
    const word = reasonNames[reason];
    super(`${who}: ${texts[word] ?? word}`, cause === undefined ? undefined : { cause });
    this.code = `SEAWORTHY_${word.toUpperCase().replaceAll('-', '_')}` as PolicyErrorCode;
    this.reason = word;
    this.who = who;
    this.retryable = !notWorthAsking.includes(word);
    this.retryAfterMs = retryAfterMs;
  }
}
