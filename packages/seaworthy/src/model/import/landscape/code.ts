import type { FileOrigin, Origin, Setting } from './setting.ts';

/** What opens connections for the calls of a workload over HTTP, and keeps them. */
export interface HttpAgent {
  /** What the workload serves as. */
  readonly owner: string;
  /** `http.Agent of Node 22.3.0`, `Agent of undici 7.30.2`, `axios 1.9.0`. */
  readonly who: string;
  readonly at: Origin;
  /** To one callee. Infinity: no limit. Undefined: only the running program knows. */
  readonly connectionsMax: Setting<number> | undefined;
  /** A connection is used again for the next request. Undefined: nothing tells. */
  readonly keepsAlive: Setting<boolean> | undefined;
}

/** Something that the code of a workload does, where a parser can tell for sure. */
export type CodeUse =
  | RetryingClient
  | Exit
  | UnheardErrors
  | FanOut
  | WorkersByCores
  | RetriedBreaker
  | SecondConnection;

interface InCode {
  /** What the workload serves as. */
  readonly owner: string;
  readonly at: FileOrigin;
}

/** A client of undici that tries again. */
export interface RetryingClient extends InCode {
  readonly kind: 'retrying-client';
  /** `RetryAgent`, `RetryHandler`, `interceptors.retry`. */
  readonly what: string;
  /** The names of all options that it is given. */
  readonly options: readonly string[];
  /** Undefined: it says nothing, or not as a number. */
  readonly maxRetries: Setting<number> | undefined;
}

/** The process ends when an idle connection breaks. */
export interface Exit extends InCode {
  readonly kind: 'exit';
  /** What the connection is of: `Pool`, `createClient`. */
  readonly of: string;
}

/** A pool of pg whose errors nothing listens to, in none of the code of the workload. */
export interface UnheardErrors extends InCode {
  readonly kind: 'unheard-errors';
}

/** A retry around a breaker, to which the refusal of the breaker is one more failure. */
export interface RetriedBreaker extends InCode {
  readonly kind: 'retried-breaker';
  /** The packages that they are of. */
  readonly retry: string;
  readonly breaker: 'opossum' | 'cockatiel';
  /** Undefined: the code does not say it as a number. */
  readonly retries: Setting<number> | undefined;
}

/** A function that holds a connection of a pool, and waits for another one of the same pool. */
export interface SecondConnection extends InCode {
  readonly kind: 'second-connection';
  /** The driver whose pool it is. */
  readonly package: string;
  /** `pool.connect()` */
  readonly holds: string;
  /** `pool.query` */
  readonly asksFor: string;
}

/** All elements of what a request brings are worked on at once. */
export interface FanOut extends InCode {
  readonly kind: 'fan-out';
  /** `req.body.ids` */
  readonly over: string;
  /** What is called for each: `fetch`. */
  readonly calls: string;
}

/** A worker process for each core of the machine. */
export interface WorkersByCores extends InCode {
  readonly kind: 'workers-by-cores';
  /** `os.cpus()`, `pm2-runtime -i max`. */
  readonly what: string;
}

/** What takes jobs from a queue, each under a lock that ends when nobody renews it. */
export interface JobConsumer {
  /** What the workload serves as. */
  readonly owner: string;
  /** `bullmq 5.34.0` */
  readonly who: string;
  /** As the code names it. Undefined: only the running program knows. */
  readonly queue: string | undefined;
  readonly at: FileOrigin;
  /** Jobs in work at once, in one process. Undefined: only the running program knows. */
  readonly concurrency: Setting<number> | undefined;
  /** A job whose lock is older is given to another consumer. */
  readonly lockMs: Setting<number> | undefined;
  /** The event loop renews the lock when it is so old. Infinity: never. */
  readonly renewedAfterMs: Setting<number> | undefined;
  /**
   * Jobs run in a process or thread of their own, and do not hold up the event loop. Undefined:
   * nothing tells.
   */
  readonly isApart: boolean | undefined;
}
