import type { Random } from '../random/random.ts';
import { parseHttpDate } from './http-date.ts';

/**
 * Clients that were given the same hint come back spread over half of it, as Envoy does for its
 * rate-limited back-off.
 */
const spreadShare = 0.5;
/**
 * A longer wait is no different from this one, and sums of this one and a time stay exact. In
 * milliseconds.
 */
const longestWaitMs = Number.MAX_SAFE_INTEGER;

/** The headers of an answer that say when to come back, as they were received. */
export interface RetryAfterHeaders {
  /** `Retry-After` (RFC 9110 §10.2.3): whole seconds, or an HTTP date. */
  readonly retryAfter?: string | undefined;
  /**
   * `retry-after-ms`, which some services send beside it for its precision, and which goes before
   * it.
   */
  readonly retryAfterMs?: string | undefined;
  /**
   * `Date`, the server's own time: a date in `Retry-After` is taken from there, so that its clock
   * may be wrong.
   */
  readonly date?: string | undefined;
}

/**
 * How long the server asks to wait, in milliseconds: 0 for a moment that has passed, undefined when
 * it does not say or what it says cannot be read.
 *
 * @param nowMs The time here, in milliseconds since 1970: for a `Retry-After` date without a
 * `Date`.
 */
export function parseRetryAfter(headers: RetryAfterHeaders, nowMs: number): number | undefined {
  const preciseMs = parseDecimal(headers.retryAfterMs);
  if (preciseMs !== undefined) return Math.min(preciseMs, longestWaitMs);
  const text = trimmed(headers.retryAfter);
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longestWaitMs);
  const atMs = parseHttpDate(text, nowMs);
  if (atMs === undefined) return undefined;
  const serverMs = parseHttpDate(trimmed(headers.date), nowMs) ?? nowMs;
  return Math.max(0, atMs - serverMs);
}

/**
 * A wait of `hintMs` honoured exactly, plus U(0, half of it), so that not all come back at once. In
 * milliseconds.
 */
export function retryAfterDelayMs(hintMs: number, random: Random): number {
  return hintMs + hintMs * spreadShare * random.next();
}

function parseDecimal(header: string | undefined): number | undefined {
  const text = trimmed(header);
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Without the optional white space that may surround a header's value. */
function trimmed(header: string | undefined): string {
  return (header ?? '').replace(/^[ \t]+|[ \t]+$/g, '');
}
