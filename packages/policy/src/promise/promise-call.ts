import { unknownLevel } from '../admission/criticality.ts';
import { Call } from '../call/call.ts';
import type { AttemptContext } from './attempt-context.ts';
import { forgetCaller } from './caller-signals.ts';
import type { Leaver } from './caller-signals.ts';
import type { RunningAttempt } from './running-attempt.ts';

/** What a policy calls: once for each attempt. */
export type Work<T> = (context: AttemptContext) => T | PromiseLike<T>;

/** In place of an answer, what a flight has failed with: whoever waits for it fails with that. */
class FlightFailure {
  readonly failure: unknown;
  readonly isValue: boolean;

  constructor(failure: unknown, isValue: boolean) {
    this.failure = failure;
    this.isValue = isValue;
  }
}

/** A call whose end somebody awaits. Pooled. */
export class PromiseCall extends Call implements Leaver {
  work: Work<unknown> | undefined = undefined;
  resolve: ((value: unknown) => void) | undefined = undefined;
  reject: ((error: unknown) => void) | undefined = undefined;
  /** The attempt that runs by this record. */
  running: RunningAttempt | undefined = undefined;
  /** What the last attempt that failed threw, or gave. */
  failure: unknown = undefined;
  /** Whether it gave a value that was judged a failure, instead of throwing. */
  gaveValue: boolean = false;
  /** What the caller may give up with. */
  callerSignal: AbortSignal | undefined = undefined;

  /** An attempt failed: with this the call fails, if no other does better. */
  attemptFailed(failure: unknown, gaveValue: boolean): void {
    this.failure = failure;
    this.gaveValue = gaveValue;
    if (this.flight !== undefined) this.value = new FlightFailure(failure, gaveValue);
  }

  /** It fails: as its flight did, where it waited for one. */
  takeFailureOfFlight(): void {
    if (!(this.value instanceof FlightFailure)) return;
    this.failure = this.value.failure;
    this.gaveValue = this.value.isValue;
  }

  callerLeft(): void {
    this.engine!.cancel(this);
  }

  /** Lets go of all that belonged to the caller. */
  forget(): void {
    this.work = undefined;
    this.resolve = undefined;
    this.reject = undefined;
    this.running = undefined;
    this.failure = undefined;
    this.gaveValue = false;
    this.value = undefined;
    this.key = undefined;
    this.level = unknownLevel;
    this.cached = 'none';
    this.task = undefined;
    if (this.callerSignal !== undefined) forgetCaller(this);
  }
}

/** The call that a record is an attempt of: a hedge has one of its own. */
export function callOf(record: PromiseCall): PromiseCall {
  return (record.hedgeOf as PromiseCall | undefined) ?? record;
}
