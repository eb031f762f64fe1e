import type { CacheSettings } from '../cache/settings.ts';
import type { Reason } from './reason.ts';

/**
 * How the delays between attempts are spread. `none`: the exponential value itself. `full`: U(0,
 * v). `equal`: v/2 + U(0, v/2). `decorrelated`: min(cap, U(base, 3 × previous)), starting from the
 * base (Brooker, "Exponential Backoff and Jitter", 2015). `smooth`: the decorrelated formula of
 * Polly's `RetryHelper` (2^t · tanh √4t), which has no steps in its density. A number s in (0, 1]:
 * v × U(1 − s, 1 + s), as gRPC (0.2), Polly (0.25) and resilience4j (0.5) do.
 */
export type Jitter = 'none' | 'full' | 'equal' | 'decorrelated' | 'smooth' | number;

/** The waiting time before attempt n + 1 is jitter(min(capMs, baseMs × factor^(n − 1))). */
export interface BackoffSettings {
  /** Before the second attempt, in milliseconds, before jitter. Default 50. */
  readonly baseMs: number;
  /** No delay is longer, in milliseconds, before jitter. Default 1000. */
  readonly capMs: number;
  /**
   * Growth from one delay to the next, at least 1. Default 2. `decorrelated` and `smooth` grow by
   * their own rules.
   */
  readonly factor: number;
  /** Default `full`. */
  readonly jitter: Jitter;
}

/** How much extra work (retries, hedges, second fallbacks) may be decided for a first attempt. */
export interface BudgetSettings {
  /** Extra attempts per first attempt, 0 to 1. Default 0.1. */
  readonly share: number;
  /** Extra attempts a second that are allowed whatever the traffic. Default 1. 0 with a bucket. */
  readonly floorPerSecond: number;
  /** The window over which tasks and extra work are counted, in milliseconds. Default 10 000. */
  readonly withinMs: number;
  /**
   * A token bucket of this size instead of the window: it starts full, fills by `share` a first
   * attempt, never forgets.
   */
  readonly bucketTokens?: number;
  /**
   * No extra work either while failed attempts per first attempt, in the window, are above this
   * share.
   */
  readonly failureShareMax?: number;
}

/** Tries again when an attempt fails. */
export interface RetrySettings {
  /**
   * Tries in all, the first and the hedges included: 1 to 100, or Infinity where the budget alone
   * limits them. Default 3.
   */
  readonly attempts: number;
  /** The delays between attempts. */
  readonly backoff: BackoffSettings;
  /**
   * A `Retry-After` beyond this is not waited for: the call fails at once with its reason. Default
   * 30 000.
   */
  readonly retryAfterMaxMs: number;
  /**
   * The reasons that are worth another attempt. Default: error, overloaded, reset, unreachable,
   * timeout, conflict.
   */
  readonly on: ReadonlySet<Reason>;
  /** What all extra work is charged to. Undefined: nothing bounds it. */
  readonly budget?: BudgetSettings;
}

/**
 * A second attempt of a call that takes long, beside the first: the first success wins, the other
 * is cancelled. After Dean and Barroso, "The Tail at Scale", 2013.
 */
export interface HedgeSettings {
  /**
   * How long the first attempt runs alone. A number: milliseconds, at least 0. A quantile: what
   * this share of the attempts of the last half a minute stayed below, 0.5 to 0.999; no hedge while
   * too few are known to tell. Default: the quantile 0.95, which makes 5 % more attempts.
   */
  readonly delay: number | { readonly quantile: number };
  /** Hedges of one call in all, each beside one attempt: 1 to 10. Default 1. */
  readonly most: number;
  /**
   * Where `retry` has no budget that hedges could be charged to: one of their own. Undefined:
   * nothing bounds them but the delay.
   */
  readonly budget?: BudgetSettings;
}

/**
 * How an endpoint is chosen. `peak-ewma`: the lower of two random ones by what an attempt costs
 * there, see `PeakEwma`; `two-choices`: the same by attempts in flight; `least-in-flight`: over all
 * of them. In flight are the attempts of this caller.
 */
export type EndpointBalance =
  | 'peak-ewma'
  | 'round-robin'
  | 'random'
  | 'least-in-flight'
  | 'two-choices';

/** A caller's own choice among the endpoints of a dependency; see `engine.setEndpoints`. */
export interface EndpointSettings {
  /** Default `peak-ewma`. */
  readonly balance: EndpointBalance;
  /**
   * `peak-ewma`: after this time without news an estimate has fallen to 1/e, in milliseconds.
   * Default 10 000, as in Finagle.
   */
  readonly decayMs: number;
  /** `peak-ewma`: what a failure costs beside the time it took, in milliseconds. Default 1000. */
  readonly failurePenaltyMs: number;
  /** Undefined: no endpoint is ejected. */
  readonly outliers?: OutlierSettings;
}

/** Which endpoints are taken out of the choice, and for how long: as Envoy and gRPC A50 do. */
export interface OutlierSettings {
  /** After so many failures in a row, at once. Default 5. */
  readonly consecutiveFailures: number;
  /** How often endpoints are compared, in milliseconds. Default 10 000. */
  readonly intervalMs: number;
  /**
   * For a success rate below the mean by `deviations` standard deviations, where at least
   * `endpoints` had `requests` in the interval. Default 1.9, 5 and 100.
   */
  readonly successRate: {
    readonly deviations: number;
    readonly requests: number;
    readonly endpoints: number;
  };
  /** For more than this share of failures, 0 to 1. Default 0.85, with 50 requests, 5 endpoints. */
  readonly failureShare: {
    readonly share: number;
    readonly requests: number;
    readonly endpoints: number;
  };
  /** How long it is out: this times how often it was, lately. Milliseconds, default 30 000. */
  readonly ejectMs: number;
  /** ... and at most this. Milliseconds, default 300 000. */
  readonly ejectMaxMs: number;
  /**
   * No more than this share of the endpoints are out at once, 0 to 1; but one may be where there
   * are two or more, and one always stays. Default 0.34: one of three.
   */
  readonly shareMax: number;
}

/** Leaves a dependency that fails alone for a while, and then asks it carefully. */
export interface BreakerSettings {
  /**
   * Opens when this share of the attempts in the window failed, 0 to 1. Default 0.5; undefined:
   * never for that.
   */
  readonly failureShare?: number;
  /** No share is judged from fewer attempts in the window. Default 20. */
  readonly minimumCalls: number;
  /** The window, in milliseconds, kept as ten buckets. Default 10 000. */
  readonly withinMs: number;
  /** Opens after this many failures in a row. Undefined: never for that. */
  readonly consecutiveFailures?: number;
  /**
   * Opens when `share` of the attempts in the window took longer than `overMs`. Undefined: never
   * for that.
   */
  readonly slow?: { readonly share: number; readonly overMs: number };
  /** How long it stays open at first, in milliseconds. Default 5000. */
  readonly openMs: number;
  /**
   * Each opening that follows a failed probe lasts twice as long as the one before, to at most
   * this. Default 60 000.
   */
  readonly openMaxMs: number;
  /** How many probes are let through, and must succeed, before it closes. Default 3. */
  readonly probes: number;
}

/**
 * The order in which waiting calls get a slot. CoDel: FIFO that drops by age while the shortest
 * wait stays above a target.
 */
export type QueueOrder = 'fifo' | 'lifo' | 'codel';

/** What waits for a slot. */
export interface QueueSettings {
  /** How many may wait. 0: none. Infinity: no bound, as many drivers have it. */
  readonly limit: number;
  /** Default `fifo`. */
  readonly order: QueueOrder;
  /** The longest wait, in milliseconds. Undefined: until the deadline. */
  readonly maxWaitMs?: number;
  /** CoDel: the wait that is acceptable, in milliseconds. Default 5. */
  readonly targetMs: number;
  /**
   * CoDel: the shortest wait must exceed the target for this long, in milliseconds. Default 100.
   */
  readonly intervalMs: number;
}

/**
 * A limit that finds out by itself how many attempts the dependency takes at once: the algorithm of
 * failsafe-go's adaptive limiter, see `AdaptiveLimit`.
 */
export interface AdaptiveSettings {
  /** The limit is never less. 1 or more. Default 1. */
  readonly min: number;
  /** The limit is never more. At least `min`. Default 1000. */
  readonly max: number;
  /** The limit to begin with, from `min` to `max`. Default 20. */
  readonly initial: number;
}

/** The queue of a limit. */
export interface LimitQueueSettings extends Omit<QueueSettings, 'limit'> {
  /**
   * How many may wait. 0: none. Infinity: no bound. Undefined: as many as there are slots; with an
   * adaptive limit, what moves with it: up to twice the limit wait, from there on a share is
   * refused that rises to all at three times the limit (failsafe-go).
   */
  readonly limit?: number;
}

/** Attempts in flight at once, and the queue for the others. */
export interface LimitSettings {
  /** Attempts in flight at once: 1 or more, Infinity, or what it finds out by itself. */
  readonly concurrency: number | AdaptiveSettings;
  /** The attempts that wait for a slot. */
  readonly queue: LimitQueueSettings;
}

/**
 * Adaptive throttling at the client: attempts that an overloaded dependency would refuse anyway are
 * not sent. The algorithm of "Site Reliability Engineering" (2016), chapter 21, see `Throttle`.
 */
export interface ThrottleSettings {
  /**
   * So many times what the dependency accepts is sent, above 1: with 2 it begins when half of the
   * attempts are refused. Less throttles sooner, and recovers later: what is sent grows by this
   * factor and more in a window. Default 2.
   */
  readonly k: number;
  /**
   * The window over which attempts are counted, in milliseconds, longer than the attempt timeout.
   * Default 30 000, or twice the attempt timeout.
   */
  readonly withinMs: number;
  /** No more than this share is held back, 0 to below 1, so that recovery is seen. Default 0.9. */
  readonly shareMax: number;
  /** Nothing is held back while fewer attempts a second are wanted. Default 5. */
  readonly minimumPerSecond: number;
  /** The reasons that count as a refusal. Default: overloaded. */
  readonly on: ReadonlySet<Reason>;
}

/** Sheds tasks by criticality while those before them wait. */
export interface AdmissionSettings {
  /** The mean queue wait beyond which tasks are shed, in milliseconds. Default 20 (DAGOR). */
  readonly targetMs: number;
  /** How often the share to shed is judged anew, in milliseconds. Default 1000 (DAGOR). */
  readonly intervalMs: number;
}

/**
 * Everything one policy does, resolved: units are milliseconds and shares, defaults are filled in.
 */
export interface PolicySettings {
  /**
   * The total time a call may take, from start to settle, fallback excluded. Undefined: no limit.
   */
  readonly deadlineMs?: number;
  /** Kept back from the deadline for the fallback, in milliseconds. Default 0. */
  readonly fallbackReserveMs?: number;
  /** The time one attempt may take, from holding a slot. Undefined: no limit. */
  readonly timeoutMs?: number;
  /**
   * The attempts a task may still use from here down, this call and all below it. Undefined: as
   * inherited.
   */
  readonly taskAttempts?: number;
  /** Undefined: nothing is remembered, and no flight shared. */
  readonly cache?: CacheSettings;
  /** Sheds by criticality while calls wait in the queue of the limit. */
  readonly admission?: AdmissionSettings;
  /** Undefined: one attempt. */
  readonly retry?: RetrySettings;
  /** Undefined: nothing is held back. */
  readonly throttle?: ThrottleSettings;
  /** Only for calls that may run twice: those that are idempotent. Undefined: none. */
  readonly hedge?: HedgeSettings;
  /** Undefined: the host chooses where attempts go. */
  readonly endpoints?: EndpointSettings;
  /** Undefined: the dependency is always asked. */
  readonly breaker?: BreakerSettings;
  /** Undefined: all attempts go at once. */
  readonly limit?: LimitSettings;
  /** How many links the fallback chain has. The driver runs them. Default 0. */
  readonly fallbacks?: number;
}
