import type { FileOrigin, Origin, Setting } from './setting.ts';

/** Calls from one part of the system to another. */
export interface CallEdge {
  /** What the caller serves as (`Workload.serves`), or `outside` for who is not in the files. */
  readonly from: string;
  /** A workload, database or cache by the name that callers use. */
  readonly to: string;
  /** What shows that there are such calls. */
  readonly found: Setting<EdgeEvidence>;
  /** What may retry, wait or refuse on the way, outermost (nearest to the caller's code) first. */
  readonly layers: readonly PolicyLayer[];
  /** It changes something at the callee. Undefined: nothing says so. */
  readonly writes: Setting<boolean> | undefined;
  readonly optional: Setting<boolean> | undefined;
  /** Where traces tell. */
  readonly measured: MeasuredCalls | undefined;
}

/**
 * `environment`: a variable names the callee. `shared`: so does one that several workloads are given
 * at once, with all addresses there are; which of them calls is not said. `dependency`: the start
 * order does.
 */
export type EdgeEvidence =
  | 'environment'
  | 'shared'
  | 'dependency'
  | 'route'
  | 'trace'
  | 'source'
  | 'model'
  | 'command';

/** One party on an edge that has a policy of its own. */
export interface PolicyLayer {
  /** `application`, `istio`, `envoy`, `undici RetryAgent`, `ioredis`, ... */
  readonly who: string;
  readonly kind: 'application' | 'library' | 'mesh' | 'proxy' | 'gateway';
  /** Where it is said; a default where nobody said it. */
  readonly at: Origin;
  /** All attempts of this layer together. Infinity: none. Undefined: it has no such thing. */
  readonly timeoutMs?: Setting<number>;
  /** One attempt of this layer. Infinity: none. */
  readonly tryTimeoutMs?: Setting<number>;
  readonly connectTimeoutMs?: Setting<number>;
  readonly idleTimeoutMs?: Setting<number>;
  /** Tries in all, the first included. Infinity: no end. */
  readonly attempts?: Setting<number>;
  readonly backoff?: Backoff;
  /** Conditions as this layer names them: `5xx`, `connect-failure`, `429`, ... */
  readonly retryOn?: Setting<readonly string[]>;
  /** Methods that are retried: `GET`, ...; undefined: all. */
  readonly retryMethods?: Setting<readonly string[]>;
  readonly budget?: Budget;
  readonly breaker?: Breaker;
  readonly outliers?: Outliers;
  /** Attempts in flight at once, per caller. Infinity: no limit. */
  readonly inFlightMax?: Setting<number>;
  readonly connectionsMax?: Setting<number>;
  /** Attempts that wait for a connection. Infinity: no limit. */
  readonly pendingMax?: Setting<number>;
  readonly retriesInFlightMax?: Setting<number>;
  /** How long an attempt waits for a slot of the pool. Infinity: for ever. */
  readonly acquireTimeoutMs?: Setting<number>;
  readonly hedgeAfterMs?: Setting<number>;
  readonly honoursRetryAfter?: Setting<boolean>;
  readonly fallback?: Setting<string>;
  /** The callee learns how much time is left, and stops when there is none. */
  readonly propagatesDeadline?: Setting<boolean>;
  /** The caller waits no longer, and the work goes on: a timeout that aborts nothing. */
  readonly abortsOnTimeout?: Setting<boolean>;
}

export interface Backoff {
  readonly baseMs: Setting<number>;
  /** Infinity: none. */
  readonly capMs?: Setting<number>;
  readonly factor?: Setting<number>;
  /** The share of the delay that is drawn at random: 0 none, 1 full. */
  readonly jitterShare?: Setting<number>;
}

export interface Budget {
  /** Extra attempts for each first attempt. */
  readonly share: Setting<number>;
  readonly floorPerSecond?: Setting<number>;
  /** Retries at once that are allowed whatever the traffic, as Envoy has it. */
  readonly floorInFlight?: Setting<number>;
}

export interface Breaker {
  readonly failureShare?: Setting<number>;
  readonly consecutive?: Setting<number>;
  readonly volume?: Setting<number>;
  readonly windowMs?: Setting<number>;
  readonly openMs?: Setting<number>;
  readonly probes?: Setting<number>;
  /** A timeout of its own around the call. */
  readonly timeoutMs?: Setting<number>;
  /** It stands around the retries, not within. */
  readonly outsideRetry?: Setting<boolean>;
}

/** Ejection of replicas. */
export interface Outliers {
  readonly consecutive?: Setting<number>;
  readonly intervalMs?: Setting<number>;
  readonly ejectionMs?: Setting<number>;
  readonly ejectedShareMax?: Setting<number>;
}

/** Of one edge, from traces or a model. */
export interface MeasuredCalls {
  /** Calls of the callee for each request of the caller. */
  readonly perRequest: Setting<number>;
  readonly ratePerSecond: Setting<number> | undefined;
  readonly errorShare: Setting<number>;
  readonly attemptsPerTask: Setting<number>;
  /** Latency as the caller sees it, at shares that ascend from 0 to 1. */
  readonly latency: Setting<readonly Quantile[]>;
}

export interface Quantile {
  readonly share: number;
  readonly valueMs: number;
}

/** What a route of a mesh, gateway or proxy says, and to whom. */
export interface Route {
  readonly of: 'istio' | 'envoy' | 'gateway-api';
  readonly name: string;
  readonly at: FileOrigin;
  /** The callee as the route names it. */
  readonly host: string;
  readonly subset: Setting<string> | undefined;
  /** Those that the host has. Undefined: no file says what it has. */
  readonly subsets: readonly string[] | undefined;
  readonly weight: Setting<number> | undefined;
  /** A route without a match takes all that is left. */
  readonly matches: boolean;
  readonly timeoutMs: Setting<number> | undefined;
  readonly tryTimeoutMs: Setting<number> | undefined;
  readonly attempts: Setting<number> | undefined;
  /** Requests a second that one proxy lets through. Undefined: it has no such limit. */
  readonly ratePerSecondMax?: Setting<number>;
  /** A fault that the route injects, on purpose. */
  readonly fault: Setting<string> | undefined;
}
