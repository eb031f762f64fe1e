import type { CallEngine } from './engine.ts';
import { Reason } from './reason.ts';

/**
 * What a task carries from call to call and hop to hop: its deadline and how many attempts it may still use. All calls
 * below a task share one of these, so that layers of retries cannot multiply.
 */
export class Task {
  /** On the clock of the engine, in milliseconds. Infinity: none. */
  deadlineMs: number = Infinity;
  /** Attempts that may still be started, over all calls. Infinity: no cap. */
  attemptsLeft: number = Infinity;
}

export type CallOutcome = 'pending' | 'succeeded' | 'fallback' | 'failed';

/**
 * One call, from start to settle: a record that the engine fills and the host may pool. Create it with
 * `engine.call()` or reuse a settled one with `engine.start`; every field below `owner` belongs to the engine.
 */
export class Call {
  /** The host's own handle; the engine never looks at it. */
  owner: number = -1;
  /** The host's own object; the engine never looks at it. */
  context: unknown = undefined;

  /** The engine that drives it. Set by `start`. */
  engine: CallEngine | undefined = undefined;
  /** What this call may still use, shared with the caller's other calls, or undefined: no inheritance. */
  task: Task | undefined = undefined;
  /** `pending` until it settles. */
  outcome: CallOutcome = 'pending';
  /** Why it failed, or why the fallback ran; of the last attempt, or of the local rejection. */
  reason: Reason = Reason.none;
  /** The number of the attempt that runs or ran last: 1 for the first, 0 before it. */
  attempt: number = 0;
  /** Which fallback link runs or ran: 0 for the first, −1 for none. */
  fallbackIndex: number = -1;
  /** Changes with every attempt and at the end: a report with an older token is late, and ignored. */
  token: number = 0;
  startMs: number = 0;
  /** On the clock of the engine. Infinity: none. */
  deadlineMs: number = Infinity;
  /** When the running attempt got its slot. */
  attemptStartMs: number = 0;
  /** When it began to wait in the queue of the limit. */
  queuedMs: number = 0;
}
