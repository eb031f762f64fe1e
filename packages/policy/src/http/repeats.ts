import { Task } from '../call/call.ts';

/**
 * Methods that mean the same when they are sent twice: RFC 9110 §9.2.2, and QUERY, which is safe
 * (draft-ietf-httpbis-safe-method-w-body).
 */
const idempotent: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PUT',
  'DELETE',
  'QUERY',
]);

/** Others are, where the server knows them again by this (draft-ietf-httpapi-idempotency-key). */
export const idempotencyKeyHeader = 'idempotency-key';

export function isIdempotent(method: string): boolean {
  return idempotent.has(method.toUpperCase());
}

/** Codes that come up before there is a connection, and never after. */
const beforeConnection = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
/** Calls of the system that make a connection: nothing was sent when they fail. */
const connecting = ['connect', 'getaddrinfo'];
/** `fetch` hides what happened in the cause of a TypeError; others wrap once more. */
const DEEPEST_CAUSE = 4;

/** Whether the attempt failed before a byte was sent: then any request may be sent again. */
export function wasNeverSent(error: unknown): boolean {
  let at = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof at === 'object' && at !== null; depth++) {
    const { code, syscall, cause } = at as { code?: string; syscall?: string; cause?: unknown };
    if (code !== undefined && beforeConnection.includes(code)) return true;
    if (syscall !== undefined && connecting.includes(syscall)) return true;
    at = cause;
  }
  return false;
}

/**
 * A task for a request that must not simply be sent again: it has one attempt, so that it is not
 * hedged; {@link failureOf} may allow another after that one has failed.
 */
export function oneAttempt(outer: Task | undefined): Task {
  const task = new Task();
  task.parent = outer;
  task.attemptsLeft = 1;
  if (outer !== undefined) {
    task.deadlineMs = outer.deadlineMs;
    task.level = outer.level;
  }
  return task;
}

/**
 * What an attempt calls when it fails. The first time, and only then, its task may have another
 * attempt, if the request may be sent again after such an error.
 *
 * @param single what {@link oneAttempt} gave; undefined where attempts are not counted
 */
export function failureOf(
  single: Task | undefined,
  maySendAgain: (error: unknown) => boolean,
): (error: unknown) => void {
  let isOpen = true;
  return (error) => {
    if (isOpen && single !== undefined && maySendAgain(error)) single.attemptsLeft++;
    isOpen = false;
  };
}
