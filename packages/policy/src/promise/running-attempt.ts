import type { CallEngine } from '../call/engine.ts';
import type { AttemptContext } from './attempt-context.ts';
import type { PromiseCall } from './promise-call.ts';

/** Who is told how an attempt ended. */
export interface AttemptListener {
  attemptSucceeded(running: RunningAttempt, value: unknown): void;
  attemptFailed(running: RunningAttempt, error: unknown): void;
}

/**
 * An attempt whose promise has not settled. Pooled, with its two callbacks, until that promise has:
 * an attempt then costs no closure, and one that ends late cannot be taken for another.
 */
export class RunningAttempt {
  readonly onValue: (value: unknown) => void;
  readonly onError: (error: unknown) => void;
  /** Undefined once nobody waits for it any more; it still holds its slot. */
  record: PromiseCall | undefined = undefined;
  token: number = 0;
  /** Whose slot it holds. */
  engine: CallEngine | undefined = undefined;
  context: AttemptContext | undefined = undefined;

  constructor(listener: AttemptListener) {
    this.onValue = (value): void => listener.attemptSucceeded(this, value);
    this.onError = (error): void => listener.attemptFailed(this, error);
  }
}
