import type { EjectionReason } from '../endpoints/outliers.ts';
import type { CacheAnswer, Call } from './call.ts';
import type { Reason } from './reason.ts';

/**
 * Who drives a {@link CallEngine}: the simulator, or the promise façade. The engine decides, the
 * host acts.
 *
 * Invariants that the engine keeps: `settled` is called exactly once a call, and nothing about the
 * call after it; of each record that `startAttempt` gets, one attempt runs at a time. The host may
 * report synchronously, from within `startAttempt`.
 *
 * A hedge is an attempt with a record of its own: a {@link Call} with a token of its own, whose
 * `hedgeOf` is the call. At most one runs beside the attempt of a call, and none without
 * `settings.hedge`. The host runs, cancels and reports it like any attempt, by its own record; it
 * is never started, settled or given a fallback. When it succeeds the call settles, and the attempt
 * beside it is cancelled first.
 */
export interface CallHost {
  /**
   * Run the attempt `call.attempt`, at `call.endpoint` where the policy chooses. Report with
   * `engine.succeed` or `engine.fail`, with the `call.token` of this moment.
   */
  startAttempt(call: Call): void;
  /**
   * A record for hedges, for hosts that need more on it than a plain {@link Call} has. The engine
   * pools them, and copies `owner` and `context` from the call for each use.
   */
  createHedge?(): Call;
  /**
   * The running attempt is not wanted any more. True: nothing of it runs here any longer, its slot
   * is free at once.
   * False: it still runs (a function that ignores its signal); its slot stays taken until
   * `engine.abandonedEnded()`.
   */
  cancelAttempt(call: Call, reason: Reason): boolean;
  /** Run link `index` of the fallback chain. Report as for an attempt. `call.reason` says why. */
  startFallback(call: Call, index: number): void;
  /** The fallback link that runs is not wanted any more (the caller gave up). */
  cancelFallback(call: Call): void;
  /**
   * The call is over: see `call.outcome`, `call.reason`. The host may reuse the object from here
   * on.
   */
  settled(call: Call): void;
  /**
   * A new or settled call for the flight that `first` needs: the engine takes it on its way in
   * place of `first`, and `settled` is not called for it. Needed where the policy has a cache.
   */
  flightCall?(first: Call): Call;
  /** The call of a flight is over: the host may reuse the object from here on. */
  flightEnded?(call: Call): void;
}

/** Why a call that failed was not tried again. */
export type RetryStop = 'attempts' | 'task-attempts' | 'deadline' | 'budget' | 'retry-after';

/** Why no hedge was started for an attempt that took long. */
export type HedgeStop =
  | 'attempts'
  | 'task-attempts'
  | 'limit'
  | 'breaker'
  | 'throttle'
  | 'endpoint'
  | 'budget';

/** `closed`: attempts go through. `open`: none does. `half-open`: probes do. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Who wants to know. All methods are optional; none may call back into the engine. */
export interface CallObserver {
  /**
   * An attempt begins, after `queueWaitMs` in the queue of the limit. A hedge has
   * `call.hedgeOf` set; it has been charged to the budget in this instant.
   */
  attemptStarted?(call: Call, queueWaitMs: number): void;
  /** An attempt ended, `Reason.none` for success. Not called for results that come too late. */
  attemptEnded?(call: Call, reason: Reason, durationMs: number): void;
  /** Another attempt was decided (and charged to the budget); it starts in `delayMs`. */
  retryScheduled?(call: Call, delayMs: number): void;
  /** An attempt failed with a reason worth retrying, and is not tried again. */
  retryStopped?(call: Call, stop: RetryStop): void;
  /** An attempt takes long, and no hedge starts beside it. */
  hedgeStopped?(call: Call, stop: HedgeStop): void;
  /** A fallback link begins. */
  fallbackStarted?(call: Call, index: number, reason: Reason): void;
  /** The cache was asked. */
  cacheAnswered?(call: Call, how: CacheAnswer): void;
  /** The flight that the call waited for failed, or took too long: it gets an old answer. */
  cacheRescued?(call: Call): void;
  /** The call of a flight in the background was decided (and charged to the budget). */
  refreshStarted?(flight: Call): void;
  /** The answer for this call needs a refresh, and the budget has nothing left for it. */
  refreshStopped?(call: Call): void;
  /** The fallback has become the normal path, or the dependency is it again. */
  normalPathChanged?(isFallback: boolean): void;
  /** An endpoint is out of the choice, for so long at least. */
  endpointEjected?(endpoint: number, forMs: number, why: EjectionReason): void;
  /** It is back. Told when the time is next looked at. */
  endpointReturned?(endpoint: number): void;
  /** The breaker has another state from here on. */
  breakerChanged?(from: BreakerState, to: BreakerState): void;
  /** The adaptive limit moved. */
  limitChanged?(from: number, to: number): void;
}
