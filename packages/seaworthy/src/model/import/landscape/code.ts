import type { Origin, Setting } from './setting.ts';

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
