import type { DispatchController } from './dispatch.ts';
import type { HeldAttempt } from './held-attempt.ts';

/**
 * The one controller that a handler sees, however many attempts there are: each has its own, and a
 * handler that kept the first would pause and resume a connection that is gone.
 */
export class StableController implements DispatchController {
  /** The attempt whose response is given. */
  target: HeldAttempt | undefined = undefined;
  paused: boolean = false;
  reason: Error | null = null;
  private readonly onAbort: (reason: Error) => void;

  constructor(onAbort: (reason: Error) => void) {
    this.onAbort = onAbort;
  }

  get aborted(): boolean {
    return this.reason !== null;
  }

  get rawHeaders(): unknown {
    return this.target?.connection?.rawHeaders ?? null;
  }

  get rawTrailers(): unknown {
    return this.target?.connection?.rawTrailers ?? null;
  }

  pause(): void {
    this.paused = true;
    this.target?.pause();
  }

  resume(): void {
    this.paused = false;
    this.target?.resume();
  }

  abort(reason: Error): void {
    if (this.aborted) return;
    this.reason = reason;
    if (this.target === undefined) this.onAbort(reason);
    else this.target.stop(reason);
  }
}
