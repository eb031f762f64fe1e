import type { Call, CallOutcome } from '../call/call.ts';
import { Reason } from '../call/reason.ts';

/** What an attempt, or a fallback link, does when it is run. */
export interface Act {
  /** When it reports. −1: at once, from within the method that runs it. Infinity: never. */
  readonly afterMs: number;
  /** `Reason.none`: it succeeds. */
  readonly reason: Reason;
  readonly retryAfterMs?: number;
  /**
   * How long it goes on after it was cancelled, and reports then, too late. Undefined: it stops at
   * once.
   */
  readonly lateMs?: number;
  /** The caller gives up from within `cancelAttempt`. */
  readonly callerLeaves?: boolean;
}

/** Success after `afterMs`. */
export function success(afterMs: number): Act {
  return { afterMs, reason: Reason.none };
}

/** Failure after `afterMs`. */
export function failure(afterMs: number, reason: Reason = Reason.error): Act {
  return { afterMs, reason };
}

/** No answer, ever. */
export const hang: Act = { afterMs: Infinity, reason: Reason.none };

/**
 * One call as the host sees it. A fresh one for each start, also where the `Call` is used again.
 */
export class Script {
  readonly call: Call;
  readonly startedMs: number;
  settledMs: number = -1;
  attempts: number = 0;
  links: number = 0;
  outcome: CallOutcome = 'pending';
  reason: Reason = Reason.none;
  /** What runs for it now. */
  running: Act | undefined = undefined;
  readonly acts: readonly Act[];
  /** What the hedge beside its attempt does. */
  hedge: Act | undefined = undefined;
  private readonly linkActs: readonly Act[];

  constructor(call: Call, startedMs: number, acts: readonly Act[], links: readonly Act[]) {
    this.call = call;
    this.startedMs = startedMs;
    this.acts = acts;
    this.linkActs = links;
  }

  nextAttempt(): Act {
    return actAt(this.acts, this.attempts++);
  }

  nextLink(): Act {
    return actAt(this.linkActs, this.links++);
  }
}

/** The last act goes on for ever. */
export function actAt(acts: readonly Act[], index: number): Act {
  return acts[Math.min(index, acts.length - 1)] ?? success(0);
}
