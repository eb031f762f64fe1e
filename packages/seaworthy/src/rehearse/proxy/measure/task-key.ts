import type { Head } from '../http/head.ts';

/** Which task a request belongs to, and by what it was told. */
export interface TaskKey {
  readonly key: string;
  readonly basis: TaskBasis;
}

/**
 * What says that two requests are attempts of one task, the surest first.
 *
 * - `task`: the caller says so, by `task=...` in its `baggage` or an `idempotency-key`.
 * - `request-id`: the same `x-request-id`, method and path. Some callers make a new one for each
 *   try.
 * - `trace`: the same trace of `traceparent`, method and path. A task that makes the same call
 *   twice on purpose looks like one that tries again.
 */
export type TaskBasis = 'task' | 'request-id' | 'trace';

/** Longer keys are cut: two that have so much in common are the same. */
const keyMaxLength = 200;

/** Undefined: nothing says which task it is. */
export function taskKeyOf({ methodAndPath, fields }: Head): TaskKey | undefined {
  const task = fields['idempotency-key'] ?? taskInBaggage(fields.baggage);
  if (task !== undefined) return keyed('task', task);
  const id = fields['x-request-id'];
  if (id !== undefined) return keyed('request-id', `${id} ${methodAndPath}`);
  const parent = fields.traceparent;
  if (parent === undefined || !/^[0-9a-f]{2}-[0-9a-f]{32}-/.test(parent)) return undefined;
  return keyed('trace', `${parent.slice(3, 35)} ${methodAndPath}`);
}

function keyed(basis: TaskBasis, text: string): TaskKey {
  return { basis, key: text.length > keyMaxLength ? text.slice(0, keyMaxLength) : text };
}

/** W3C Baggage: `name=value;property, name=value`. */
function taskInBaggage(baggage: string | undefined): string | undefined {
  return baggage === undefined ? undefined : /(?:^|,)\s*task\s*=\s*([^;,\s]+)/.exec(baggage)?.[1];
}
