/** What a library does where the application says nothing, for a range of its versions. */
export interface LibraryDefault {
  /** All that begin so where it ends with `*`. */
  readonly package: string;
  /** The first version that does it. */
  readonly from: string;
  /** The first that does not any more. Undefined: the newest does. */
  readonly below?: string;
  /** A public page or source file. */
  readonly source: string;
  /** What it talks to. */
  readonly speaks: 'http' | 'grpc' | 'postgresql' | 'mysql' | 'mongodb' | 'redis' | 'aws';
  /** As a layer of a call. Durations in ms; Infinity: none. */
  readonly call?: {
    readonly timeoutMs?: number;
    readonly tryTimeoutMs?: number;
    readonly connectTimeoutMs?: number;
    readonly attempts?: number;
    readonly backoff?: { baseMs: number; capMs: number; factor: number; jitterShare: number };
    readonly retryOn?: readonly string[];
    readonly retryMethods?: readonly string[];
    readonly honoursRetryAfter?: boolean;
    readonly connectionsMax?: number;
    readonly budget?: { share: number };
    readonly breaker?: {
      failureShare: number;
      volume: number;
      windowMs: number;
      openMs: number;
      timeoutMs: number;
    };
  };
  /** As a pool of connections of one process. */
  readonly pool?: {
    /** Undefined: it depends on the machine. */
    readonly size?: number;
    readonly acquireTimeoutMs: number;
    readonly idleTimeoutMs?: number;
    readonly lifetimeMs?: number;
    readonly queueMax?: number;
    readonly statementTimeoutMs?: number;
    readonly connectTimeoutMs?: number;
    readonly serverWaitMs?: number;
    /** How code says otherwise: what it makes, and its options. All but counts in milliseconds. */
    readonly options?: {
      readonly object: string;
      readonly names: {
        readonly size?: string;
        readonly acquireTimeoutMs?: string;
        readonly idleTimeoutMs?: string;
        readonly lifetimeMs?: string;
        readonly queueMax?: string;
        readonly statementTimeoutMs?: string;
        readonly connectTimeoutMs?: string;
        readonly serverWaitMs?: string;
      };
    };
  };
  /** As a client of a cache. */
  readonly cache?: {
    readonly attempts?: number;
    readonly worstWaitMs: number;
    readonly commandTimeoutMs: number;
    readonly connectTimeoutMs: number;
    readonly offlineQueueMax: number;
  };
}
