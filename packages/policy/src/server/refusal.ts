import { reasonHeader } from '../http/headers.ts';
import type { Duration } from '../options/call-policy.ts';
import { fields, positiveDuration } from '../options/reader.ts';
import { PolicyError } from '../promise/policy-error.ts';
import { currentTask } from '../promise/task.ts';
import { systemRandom } from '../random/system.ts';
import { systemClock } from '../time/system.ts';

/** How a request is answered that is not served. */
export interface Refusal {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

/** How requests are answered whose handler failed with a `PolicyError`. */
export interface PolicyErrorsOptions {
  /**
   * When the client may come back where nothing better is known, spread over half to one and a half
   * of it. Default 1s.
   */
  readonly retryAfter?: Duration;
}

/** Answers errors of one kind. Undefined: it is none. */
export type Answer = (error: unknown) => Refusal | undefined;

const readOptions = fields({ retryAfter: [positiveDuration, 1000] });

/** Nothing of what the server is made of. */
const texts: Readonly<Record<number, string>> = {
  429: 'Too Many Requests',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/**
 * For what handlers throw.
 *
 * @throws OptionError for an option that cannot be used.
 */
export function answerPolicyErrors(options: PolicyErrorsOptions): Answer {
  const { retryAfter } = readOptions(options, '');
  return (error) => {
    if (!(error instanceof PolicyError)) return undefined;
    const { status, headers } = refusalOf(error, retryAfter);
    // The deadline of one call says nothing of the time that the client has left.
    if (error.reason === 'deadline' && !isTaskOver()) delete headers[reasonHeader];
    return { status, headers, text: texts[status]! };
  };
}

/**
 * The answer to a request that a policy ended: 504 for what took too long, 429 where a dependency
 * refuses most of what it gets, 503 for all else. With 429 and 503 comes when to ask again: not
 * before that makes sense, and not at once with all others that were refused.
 */
export function refusalOf(error: PolicyError, retryAfterMs: number): Refusal {
  const { reason, message } = error;
  const headers: Record<string, string> = { [reasonHeader]: reason };
  const status = statuses[reason] ?? 503;
  if (status !== 504) {
    const leastMs = error.retryAfterMs ?? retryAfterMs / 2;
    // Both from one whole number, or 4000.3 ms would be 5 s in one and 4 s in the other.
    const waitMs = Math.round(leastMs + retryAfterMs * systemRandom.next());
    headers['retry-after'] = String(Math.ceil(waitMs / 1000));
    headers['retry-after-ms'] = String(waitMs);
  }
  return { status, headers, text: message };
}

const statuses: Readonly<Partial<Record<PolicyError['reason'], number>>> = {
  deadline: 504,
  timeout: 504,
  lag: 504,
  throttled: 429,
};

function isTaskOver(): boolean {
  const task = currentTask();
  return task !== undefined && task.deadlineMs <= systemClock.now();
}
