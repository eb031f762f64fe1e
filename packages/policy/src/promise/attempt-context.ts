import { Task } from '../call/call.ts';
import type { Call } from '../call/call.ts';
import type { Clock } from '../time/clock.ts';

/**
 * What the function of a call gets: one for each attempt. What is not read costs nothing; a signal
 * is made when it is first asked for.
 */
export class AttemptContext {
  /** 1 for the first attempt of the call. Hedges count. */
  readonly attempt: number;
  /** The endpoint that was chosen for it, where the policy has several. */
  readonly endpoint: string | undefined;
  private readonly clock: Clock;
  private readonly deadlineMs: number;
  /** Undefined once the attempt is over: the record is used for other calls. */
  private call: Call | undefined;
  private controller: AbortController | undefined = undefined;
  private abortReason: unknown = undefined;

  /** @internal */
  constructor(call: Call, attempt: number, endpoint: string | undefined, clock: Clock) {
    this.attempt = attempt;
    this.endpoint = endpoint;
    this.call = call;
    this.clock = clock;
    this.deadlineMs = call.deadlineMs;
  }

  /**
   * Aborts when nobody waits for this attempt any more, with the reason for that: the error of the
   * policy, or what the caller aborted with.
   */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.abortReason !== undefined) this.controller.abort(this.abortReason);
    }
    return this.controller.signal;
  }

  /** What is left until the deadline of the call, in milliseconds. Infinity: there is none. */
  get remainingMs(): number {
    return Math.max(0, this.deadlineMs - this.clock.now());
  }

  /** What calls made on behalf of this one may still use: hand it to their policies. */
  get task(): Task {
    if (this.call !== undefined) return this.call.handDown();
    const task = new Task();
    task.deadlineMs = -Infinity;
    return task;
  }

  /** @internal */
  finish(): void {
    this.call = undefined;
  }

  /** @internal */
  abort(reason: unknown): void {
    this.call = undefined;
    this.abortReason = reason;
    this.controller?.abort(reason);
  }
}
