import { count, listOf, OptionError } from '../options/reader.ts';
import type { Reader } from '../options/reader.ts';
import type { Judge, Judgement, Outcome } from '../promise/judge.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import { wallTimeMs } from '../time/system.ts';
import { reasonHeader } from './headers.ts';

/** What all kinds of response have alike, as far as they are judged. */
interface Judged {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** It does not know the method, or the version: it will not know it the next time either. */
const neverRepeated = [501, 505];

const listOfStatuses = listOf(count(500, 599));

/** Statuses that are failures beside 429, 502, 503 and 504. Only errors of the server can be. */
export const moreFailures: Reader<readonly number[]> = (value, at) => {
  const statuses = listOfStatuses(value, at);
  if (!statuses.some((status) => neverRepeated.includes(status))) return statuses;
  throw new OptionError(at, value, 'leave out 501 and 505: another attempt cannot change them');
};

/**
 * Judges by the status of a response. 429 and 503 are `overloaded`, with the wait of `Retry-After`;
 * 502 and 504, and what is in `failures`, are an `error`; all others are answers. What another
 * policy shed, or refused because its deadline has passed, is not asked for again.
 *
 * @param failures More statuses that are failures, from 500 to 599; 500, for example. Default none.
 */
export function judgeResponse(failures: readonly number[] = []): Judge {
  const more = moreFailures(failures, 'failures');
  return (outcome: Outcome): Judgement | undefined => {
    if ('error' in outcome || !isResponse(outcome.value)) return undefined;
    return judgementOf(outcome.value, more);
  };
}

/** Whether the response is a failure, and for which reason. */
export function judgementOf(
  { status, headers }: Judged,
  failures: readonly number[],
): Judgement | undefined {
  if (status < 429) return undefined;
  if (isFinal(headers.get(reasonHeader))) return { reason: 'shed' };
  if (status === 429 || status === 503) return overloaded(headers);
  if (status === 502 || status === 504 || failures.includes(status)) return { reason: 'error' };
  return undefined;
}

function isFinal(reason: string | null): boolean {
  return reason === 'shed' || reason === 'deadline';
}

function overloaded(headers: Judged['headers']): Judgement {
  const retryAfterMs = parseRetryAfter(
    {
      retryAfter: headers.get('retry-after') ?? undefined,
      retryAfterMs: headers.get('retry-after-ms') ?? undefined,
      date: headers.get('date') ?? undefined,
    },
    wallTimeMs(),
  );
  return retryAfterMs === undefined
    ? { reason: 'overloaded' }
    : { reason: 'overloaded', retryAfterMs };
}

function isResponse(value: unknown): value is Judged {
  if (typeof value !== 'object' || value === null) return false;
  const { status, headers } = value as Partial<Judged>;
  return typeof status === 'number' && typeof headers?.get === 'function';
}
