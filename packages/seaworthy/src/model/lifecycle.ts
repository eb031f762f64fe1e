import type { Distribution } from './model.ts';

/** How a replica that starts during a run comes up. */
export interface StartUp {
  readonly readyAfter: Distribution;
  /** All its times are this many times as long when it gets ready, and 1 after the warm-up. */
  readonly slower: number;
  readonly warmUpMs: number;
}

/**
 * Replicas are replaced by those of another version. `forMs` is how long that should take, the
 * warm-up of the last one included.
 */
export interface Rollout {
  readonly kind: 'rollout';
  /** An index into `services`. */
  readonly service: number;
  /** How many replicas get the new version: all, or those of a canary. */
  readonly replicas: Amount;
  readonly version: Version;
  /** Replicas above the wanted number meanwhile, rounded up. */
  readonly surge: Amount;
  /** Replicas below the wanted number meanwhile, rounded down. */
  readonly unavailable: Amount;
  /** How long a replica must have been ready to count as available. */
  readonly minReadyMs: number;
  /** When the old version comes back; Infinity: never. */
  readonly backAtMs: number;
}

/** So many replicas and this share of the wanted ones; one of the two is 0. */
export interface Amount {
  readonly count: number;
  readonly share: number;
}

/** How a version differs from what the file says of its service. */
export interface Version {
  /** All `cpu` and `wait` times are multiplied by it. */
  readonly slower: number;
  /** `live` and `perRequest` of the memory are multiplied by it. */
  readonly memory: number;
  /** Bytes that each request leaves behind for ever, beside other leaks. */
  readonly leakBytes: number;
  /** The share of its requests that fail because of it. */
  readonly failShare: number;
}

/** How many replicas a service wants, by its load: as the autoscaler of Kubernetes does. */
export interface Autoscale {
  readonly min: number;
  readonly max: number;
  /** The share of the cores that compute, or the requests at a replica, queued or in flight. */
  readonly metric: 'cpu' | 'in-flight';
  /** The value of the metric that each replica should have. */
  readonly target: number;
  readonly everyMs: number;
  /** It scales down to the most that was asked for within this time. */
  readonly stabilizationMs: number;
  /** How far the metric may be from its target, as a share of it, without any change. */
  readonly tolerance: number;
}

/** The memory of one replica in bytes, and its stop-the-world collector. */
export interface Memory {
  readonly heapBytes: number;
  readonly liveBytes: number;
  /** What a request allocates and leaves behind. */
  readonly garbageBytes: number;
  /** What a request keeps as long as it is at the replica, queued or in flight. */
  readonly perRequestBytes: number;
  readonly leakBytes: number;
  /** How long a collection takes while only `liveBytes` are kept. */
  readonly pause: Distribution;
}
