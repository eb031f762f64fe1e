import type { Histogram } from './histogram.ts';
import type { FollowedTask } from './followed-task.ts';
import type { RunEvent } from './run-event.ts';

export type { RunEvent } from './run-event.ts';

/**
 * What happened, in any world: the way of the data is model -> world -> `Run` -> verdict -> report.
 * A run has a bounded number of intervals whatever its length, so its size does not grow with
 * simulated time.
 */
export interface Run {
  readonly header: RunHeader;
  /** In order of time, without gaps, all of the same length but perhaps the last. */
  readonly intervals: readonly Interval[];
  /** In order of time. */
  readonly events: readonly RunEvent[];
  /** Discrete events that were left out because there were too many, never silently. */
  readonly eventsDropped: number;
  /** Examples, in the order in which they began. Absent: none was followed. */
  readonly tasks?: readonly FollowedTask[];
}

export interface RunHeader {
  /** The version of this layout. */
  readonly schema: 1;
  /** `simulate`: virtual time; `rehearse`: real processes. */
  readonly world: 'simulate' | 'rehearse';
  readonly engineVersion: string;
  readonly model: {
    readonly name: string;
    /** SHA-256 of the effective model. */
    readonly hash: string;
    readonly environment: string | undefined;
  };
  readonly scenario: string;
  readonly seed: number;
  readonly replication: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
  readonly intervalMs: number;
  /** The names that intervals refer to by index. */
  readonly services: readonly string[];
  readonly edges: readonly string[];
  readonly sources: readonly string[];
  readonly queues: readonly string[];
  readonly rows: readonly string[];
  readonly replicasOfService: readonly number[];
  /** Of each queue the names of the services that publish to it. Absent: nobody knows. */
  readonly publishersOfQueue?: readonly (readonly string[])[];
  readonly status: 'running' | 'complete' | 'interrupted';
}

export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
  /** Parallel to `header.edges`. */
  readonly edges: readonly EdgeSample[];
  /** Parallel to `header.services`. */
  readonly services: readonly ServiceSample[];
  /** Parallel to `header.queues`. */
  readonly queues: readonly QueueSample[];
  /** Parallel to `header.rows`. */
  readonly rows: readonly RowsSample[];
}

/** Counts by reason, sparse: the key is a word of `reasonNames`. */
export type Counts = Readonly<Record<string, number>>;

/** The calls of one class of criticality during one interval. */
export interface ClassSample {
  /** The number of the class, an index into `criticalityNames`. */
  readonly criticality: number;
  /** As in {@link EdgeSample}, all reasons together. */
  readonly offered: number;
  readonly succeeded: number;
  readonly fallback: number;
  readonly failed: number;
  readonly rejected: number;
}

/** One caller -> callee pair during one interval, all callers together, as the caller saw it. */
export interface EdgeSample {
  /** Calls that began. */
  readonly offered: number;
  /** Calls that succeeded by the dependency's own answer. */
  readonly succeeded: number;
  /** Calls that a fallback answered, by the reason it had to. */
  readonly fallback: Counts;
  /** Calls that failed for what the dependency did or did not do, by reason. */
  readonly failed: Counts;
  /** Calls that were refused on this side, by reason. */
  readonly rejected: Counts;
  /** Attempts that began. */
  readonly attempts: number;
  /** Attempts that ended without success, by reason. */
  readonly attemptsFailed: Counts;
  /** Attempts after the first of their call; and the most that began in one tenth of a second. */
  readonly retries: number;
  readonly retriesPeak: number;
  /** Retries that were not made, by why (`attempts`, `budget`, `deadline`, ...). */
  readonly retriesStopped: Counts;
  /** Of the attempts, those that were hedges; of these, those that answered their call. */
  readonly hedges: number;
  readonly hedgesWon: number;
  /** Attempts, of either kind, that were cancelled because the other one succeeded first. */
  readonly overtaken: number;
  /** Hedges that were due and not made, by why (`budget`, `limit`, ...). */
  readonly hedgesStopped: Counts;
  /** Calls that settled, from their intended start, in milliseconds: successes and fallbacks. */
  readonly latency: Histogram;
  /** The same for calls that failed or were rejected. */
  readonly latencyFailed: Histogram;
  /** From asking for a slot of the limit to holding it; attempts that got one. */
  readonly wait: Histogram;
  /**
   * Attempts in flight: mean over the interval, and most at once; of `limit` slots (0: no limit),
   * all callers together.
   */
  readonly inFlightMean: number;
  readonly inFlightMax: number;
  readonly limit: number;
  /** Calls waiting for a slot: mean and most at once. */
  readonly queueMean: number;
  readonly queueMax: number;
  /** Share of callers' breakers that were not closed, mean over the interval. */
  readonly breakerOpenShare: number;
  /**
   * What the retry budgets have left at the end of the interval, all callers together; -1 without a
   * budget.
   */
  readonly budgetLeft: number;
  /** Calls that a fallback answered, by the position of the link in the chain; empty: none. */
  readonly fallbackLinks: readonly number[];
  /**
   * Share of the callers for which the fallback has become the normal path at the end of the
   * interval; and for how long, in milliseconds, for the one where it has been so for longest.
   */
  readonly fallbackNormalShare: number;
  readonly fallbackNormalMs: number;
  /** By criticality, for the edge of a source that has more than one class; else empty. */
  readonly classes: readonly ClassSample[];
  /**
   * What the caches did. Each call that asks is one of: `hit`, `stale` (old, being refreshed),
   * `kept` (old, because the last try had just failed), `miss`, `joined` (waited for the flight of
   * another), `failed` (a remembered failure). Besides: `rescued` (an old answer when the flight
   * failed), `refresh`, `refresh-stopped` (for the budget), `recomputed` (flights that began),
   * `duplicate` (those of them that began while one for the same key was under way).
   */
  readonly cache: Counts;
  /** The most flights for one key at once; and the most that began in one tenth of a second. */
  readonly recomputingMax: number;
  readonly recomputesPeak: number;
}

/** One service during one interval, as the service itself saw it, all replicas together. */
export interface ServiceSample {
  /** Requests that reached a replica. */
  readonly arrived: number;
  /** Requests that were answered with success. */
  readonly served: number;
  /** Requests that were answered with an error, or refused, by reason. */
  readonly failed: Counts;
  /**
   * Requests that were worked on to the end, or to their cancellation, for a caller that had gone.
   */
  readonly wasted: number;
  /** Slot time spent on such requests, in milliseconds; and on all requests. */
  readonly wastedMs: number;
  readonly busyMs: number;
  /** From arrival to holding a worker slot; requests that got one. */
  readonly wait: Histogram;
  /** From holding a slot to answering. */
  readonly serviceTime: Histogram;
  /** Time-weighted means, all replicas together. */
  readonly inFlightMean: number;
  readonly queueMean: number;
  readonly queueMax: number;
  /** Worker slots of all replicas at the end of the interval; 0: no limit. */
  readonly slots: number;
  /**
   * Busy share of the slots or of the cores, whichever is nearer to all of them, 0..1; -1 where
   * both are without limit.
   */
  readonly utilisation: number;
  /** Of each replica, for the variance between them. */
  readonly replicas: readonly ReplicaSample[];
  /** Replicas that callers could choose from, mean over the interval. */
  readonly ready: number;
  /** Replicas that stood still, mean over the interval; and collections of garbage that began. */
  readonly paused: number;
  readonly collections: number;
  /**
   * Side by side, where a scenario rolls out other versions: the file's own first, then those of
   * the rollouts in order. Empty where there is only one.
   */
  readonly versions: readonly VersionSample[];
}

/** One replica of a service during one interval. */
export interface ReplicaSample {
  /** Requests that reached it. */
  readonly arrived: number;
  /** Requests that held a slot and were answered, with whatever; and their mean service time. */
  readonly served: number;
  readonly serviceTimeMeanMs: number;
  /** Requests that were answered with an error, or refused. */
  readonly failed: number;
}

/** The replicas of one version of a service during one interval. */
export interface VersionSample {
  /** Replicas that callers could choose from, mean over the interval. */
  readonly ready: number;
  /** Replicas that stood still, mean over the interval; and collections of garbage that began. */
  readonly paused: number;
  readonly collections: number;
  /** Requests that were answered, and those of them that were answered with an error. */
  readonly answered: number;
  readonly failed: number;
  /** From holding a slot to answering. */
  readonly serviceTimeMeanMs: number;
  readonly serviceTimeDeviationMs: number;
}

/** One message queue during one interval. */
export interface QueueSample {
  /** Messages that were put into it, and those that found it full. */
  readonly published: number;
  readonly refused: number;
  /** Parallel to the publishers in the header: how many of them each put in. Empty: unknown. */
  readonly publishedBy: readonly number[];
  /** Deliveries that began, and those of them that were not the first of their message. */
  readonly delivered: number;
  readonly redelivered: number;
  /** Deliveries that took longer than the visibility, and were taken for lost. */
  readonly expired: number;
  /** Deliveries in vain, those included: first ones of their message, and others. */
  readonly firstFailed: number;
  readonly againFailed: number;
  /** Messages that were processed, and those that were processed once more. */
  readonly done: number;
  readonly duplicates: number;
  readonly deadLetters: number;
  /** From publishing to having been processed for the first time. */
  readonly latency: Histogram;
  /** Messages that wait: time-weighted mean, and most at once. */
  readonly backlogMean: number;
  readonly backlogMax: number;
  /** Deliveries that consumers work on, time-weighted mean. */
  readonly inWorkMean: number;
  /** Age of the oldest message that is neither done nor a dead letter, at the end; 0: none. */
  readonly oldestMs: number;
}

/** Some rows, all of them together, during one interval. */
export interface RowsSample {
  /** Locks that were granted. */
  readonly locked: number;
  /** Requests that stopped to wait for a lock: for too long, cancelled, or killed. */
  readonly gaveUp: number;
  /** From asking for a lock to holding it. It is a part of the service time. */
  readonly wait: Histogram;
  /** Requests waiting for a lock: time-weighted mean, and most at once. */
  readonly queueMean: number;
  readonly queueMax: number;
  /** Rows that were locked, time-weighted mean. */
  readonly heldMean: number;
  /** Writes of rows that had been read, and those of them that came too late. */
  readonly writes: number;
  readonly conflicts: number;
}
