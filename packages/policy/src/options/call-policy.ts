/** A duration: `800ms`, `1.5s`. Units: ns, us, ms, s, m, h, d. */
export type Duration = `${number}${'ns' | 'us' | 'ms' | 's' | 'm' | 'h' | 'd'}`;

/** A rate: `10/s`, `300/m`. */
export type Rate = `${number}/${'s' | 'm' | 'h'}`;

/** A share: `10%`. */
export type Share = `${number}%`;

/** How much extra work (retries, hedges, refreshes, second fallbacks) there may be. */
export interface BudgetOptions {
  /** Extra attempts for each first attempt, 0% to 100%. Default 10%. */
  readonly share?: Share;
  /** Extra attempts that are allowed whatever the traffic. Default 1/s; 0/s with a bucket. */
  readonly floor?: Rate;
  /** The window over which attempts are counted. Default 10s. */
  readonly within?: Duration;
  /**
   * A token bucket of this size instead of the window; it starts full. 1 to 1000000; default none.
   */
  readonly bucket?: number;
  /** No extra attempt while failed ones for each first are above this, 0% to 100%. Default none. */
  readonly failures?: Share;
}

/**
 * What a dependency did. `error`: it answered with one. `overloaded`: it refused for load. `reset`:
 * the connection broke. `unreachable`: nobody was there. `timeout`: no answer in time. `conflict`:
 * what was read has changed since.
 */
export type RetryReason = 'error' | 'overloaded' | 'reset' | 'unreachable' | 'timeout' | 'conflict';

/** Tries again when an attempt fails. */
export interface RetryOptions {
  /** Tries in all, the first included: 1 to 100. `unlimited` needs a budget. Default 3. */
  readonly attempts?: number | 'unlimited';
  /** What is worth another attempt. Default all of them. */
  readonly on?: readonly RetryReason[];
  /** The delays between attempts: jitter(min(cap, base × factor^(n − 1))) after the n-th. */
  readonly backoff?: {
    /** The delay before the second attempt, before jitter. Default 50ms. */
    readonly base?: Duration;
    /** No delay is longer, before jitter. Default 1s. */
    readonly cap?: Duration;
    /** Growth from one delay to the next, 1 to 1000. Default 2. */
    readonly factor?: number | `${number}x`;
    /**
     * How delays are spread. 20%: by a factor of 0.8 to 1.2; `full`: from 0 to the delay (Brooker
     * 2015). Default full.
     */
    readonly jitter?: 'none' | 'full' | 'equal' | 'decorrelated' | 'smooth' | Share;
  };
  /** A `Retry-After` beyond this is not waited for. Default 30s. */
  readonly retryAfterMax?: Duration;
  /** How much extra work retries may make. Default: no bound. */
  readonly budget?: BudgetOptions;
}

/**
 * A second attempt beside one that takes long; the first success wins (Dean and Barroso 2013). Only
 * for calls that may run twice.
 */
export interface HedgeOptions {
  /** How long the first attempt runs alone: p50 to p99.9, or a duration. Default p95. */
  readonly delay?: Duration | `p${number}`;
  /** Hedges of one call in all: 1 to 10. Default 1. */
  readonly most?: number;
  /** Where retries have no budget to charge them to. Default 10% of the calls. */
  readonly budget?: Pick<BudgetOptions, 'share' | 'floor' | 'within'>;
}

/**
 * How an endpoint is chosen. `peak-ewma`: the lower of two random ones by what an attempt costs
 * there, as it was seen; `two-choices`: the same by attempts in flight; `least-in-flight`: over all.
 */
export type BalanceWord =
  | 'peak-ewma'
  | 'round-robin'
  | 'random'
  | 'least-in-flight'
  | 'two-choices';

/** How an endpoint is chosen, where there are several. */
export interface BalanceOptions {
  /** How one is chosen among the endpoints. Default peak-ewma. */
  readonly by?: BalanceWord;
  /** Peak-EWMA: after this time without news an estimate has fallen to 37 %. Default 10s. */
  readonly decay?: Duration;
  /** Peak-EWMA: what a failure costs beside the time that it took. Default 1s. */
  readonly penalty?: Duration;
}

/** Endpoints that behave worse than the others are left out for a while. */
export interface OutlierOptions {
  /** An endpoint is out after so many failures in a row, 1 to 1000000. Default 5. */
  readonly consecutive?: number;
  /** How often endpoints are compared. Default 10s. */
  readonly interval?: Duration;
  /** Out for a success rate far below that of the others. */
  readonly successRate?: {
    /** So many standard deviations below their mean, 0 to 100. Default 1.9. */
    readonly deviations?: number;
    /** Of so many requests within the interval at least, 1 to 1000000. Default 100. */
    readonly of?: number;
    /** Where so many endpoints had as many, 2 to 10000. Default 5. */
    readonly replicas?: number;
  };
  /** Out for a share of failures, whatever the others do. */
  readonly failures?: {
    /** More than this fail, 0% to 100%. Default 85%. */
    readonly share?: Share;
    /** Of so many requests within the interval at least, 1 to 1000000. Default 50. */
    readonly of?: number;
    /** Where so many endpoints had as many, 1 to 10000. Default 5. */
    readonly replicas?: number;
  };
  /** How long it is out; twice as long the second time, and so on. Default 30s. */
  readonly eject?: Duration;
  /** It is out for no longer. Default 5m. */
  readonly ejectMax?: Duration;
  /**
   * No more are out at once, more than 0% to 100%; but one may be of two or more, and one always
   * stays. Default 34%.
   */
  readonly share?: Share;
}

/** Leaves a dependency that fails alone for a while, and then asks it carefully. */
export interface BreakerOptions {
  /**
   * Opens when this share of the attempts failed, more than 0% to 100%. Default 50%; with
   * `consecutive` or `slow` never.
   */
  readonly failures?: Share;
  /** No share is judged from fewer attempts, 1 to 1000000. Default 20. */
  readonly of?: number;
  /** The window over which attempts are counted. Default 10s. */
  readonly within?: Duration;
  /** Opens after so many failures in a row, 1 to 1000000. Default never. */
  readonly consecutive?: number;
  /** Opens when this share of the attempts took longer. Default never. */
  readonly slow?: { readonly share: Share; readonly over: Duration };
  /** How long it stays open at first. Default 5s. */
  readonly open?: Duration;
  /**
   * Each opening after a failed probe lasts twice as long, up to this; `open` at least. Default
   * 60s.
   */
  readonly openMax?: Duration;
  /** Probes that are let through and must succeed before it closes, 1 to 1000. Default 3. */
  readonly probes?: number;
}

/** Attempts in flight at once, and the queue for the others: a bulkhead or a connection pool. */
export interface LimitOptions {
  /**
   * Attempts in flight at once, 1 to 1000000; `adaptive`: as many as the dependency takes without
   * queueing, from `min` (default 1) to `max` (1000), beginning with `initial` (20).
   */
  readonly concurrency:
    | number
    | 'adaptive'
    | { readonly min?: number; readonly max?: number; readonly initial?: number };
  /** The attempts that wait for a slot. */
  readonly queue?: {
    /**
     * How many may wait, 0 to 1000000. Default as many as slots; adaptive: two to three times as
     * many.
     */
    readonly limit?: number | 'unlimited';
    /** Who gets the next slot. Default fifo. */
    readonly order?: 'fifo' | 'lifo' | 'codel';
    /** The longest wait. Default until the deadline. */
    readonly maxWait?: Duration;
    /** CoDel: the wait that is acceptable. Default 5ms. */
    readonly target?: Duration;
    /** CoDel: the shortest wait must exceed the target for so long. Default 100ms. */
    readonly interval?: Duration;
  };
}

/** A limit of a number of slots, whose queue drops nothing by age. */
export interface FixedLimitOptions {
  /** Attempts in flight at once. */
  readonly concurrency: number;
  /** What waits for a slot, as in {@link LimitOptions}. */
  readonly queue?: Pick<NonNullable<LimitOptions['queue']>, 'limit' | 'maxWait'> & {
    readonly order?: 'fifo' | 'lifo';
  };
}

/**
 * Does not send what an overloaded dependency would refuse anyway ("Site Reliability Engineering",
 * 2016, chapter 21).
 */
export interface ThrottleOptions {
  /** So many times what the dependency accepts is sent, 1.1 to 100. Default 2. */
  readonly k?: number | `${number}x`;
  /** The window. Default twice the timeout, 30s at least. */
  readonly within?: Duration;
  /** No more than this share is held back, 0% to 99%. Default 90%. */
  readonly max?: Share;
  /** Nothing is held back while fewer attempts are wanted. Default 5/s. */
  readonly from?: Rate;
  /** What counts as a refusal. Default overloaded. */
  readonly on?: readonly ('overloaded' | 'timeout' | 'unreachable' | 'reset' | 'error')[];
}

/** Answers from memory, where the same was asked before; and one flight for all who miss a key. */
export interface CacheOptions {
  /** How long an answer is fresh, before jitter. */
  readonly ttl: Duration;
  /** Spreads the ends, 0% to 100%: with 10% by a factor of 0.9 to 1.1. Default 10%. */
  readonly jitter?: Share;
  /** Refreshes at random before the end (XFetch, Vattani 2015), 0 to 1000; 0: never. Default 1. */
  readonly early?: number;
  /** So long after its end an answer is given while it is refreshed. Default 0s. */
  readonly staleWhileRevalidate?: Duration;
  /** So long after its end an answer is given when a new one is not to be had. Default 0s. */
  readonly staleIfError?: Duration;
  /** So long a failure is remembered, and given. Default 0s. */
  readonly negative?: Duration;
  /** Calls that miss the same key share one flight. Default true. */
  readonly singleFlight?: boolean;
  /** Keys at most, 1 to 10000000; the one used longest ago makes room. Default 10000. */
  readonly capacity?: number;
}

/** Sheds tasks by criticality while calls wait in the queue of the limit. */
export interface AdmissionOptions {
  /** The mean queue wait beyond which the least critical are shed. Default 20ms. */
  readonly target?: Duration;
  /** How often it is judged what share to shed. Default 1s. */
  readonly interval?: Duration;
}

/** What one call may do: word for word what an entry under `calls` in the model file says. */
export interface CallPolicy {
  /** The total time a call may take, fallback excluded. Default none. */
  readonly deadline?: Duration;
  /** Time of the deadline that is kept for the fallback. Default 0s. */
  readonly fallbackReserve?: Duration;
  /** The time one attempt may take, from holding a slot. Default none. */
  readonly timeout?: Duration;
  /**
   * Attempts that a task may use, this call and all below it that know the task: 1 to 1000000.
   * Default as inherited.
   */
  readonly taskAttempts?: number;
  /** A duration: how long an answer is fresh. Default none. */
  readonly cache?: Duration | CacheOptions;
  /** Sheds by criticality while calls wait for a slot of `limit`, which it needs. Default none. */
  readonly admission?: AdmissionOptions;
  /** A number: tries in all, 1 to 100. Default none. */
  readonly retry?: number | RetryOptions;
  /** `true`: all defaults. Default none. */
  readonly throttle?: true | ThrottleOptions;
  /** Only for calls that may run twice. A duration or a quantile: the delay. Default none. */
  readonly hedge?: Duration | `p${number}` | HedgeOptions;
  /** How an endpoint is chosen, where there are several. Default peak-ewma. */
  readonly balance?: BalanceWord | BalanceOptions;
  /** Endpoints that behave worse are left out for a while. `true`: all defaults. Default none. */
  readonly outliers?: true | OutlierOptions;
  /** `{}`: all defaults. Default none. */
  readonly breaker?: BreakerOptions;
  /** A bulkhead or a connection pool. `adaptive` or a number: the concurrency. Default none. */
  readonly limit?: number | 'adaptive' | LimitOptions;
}
