import type { Histogram } from '../../../signals/histogram.ts';
import type { Counts } from '../../../signals/run.ts';
import type { LoopReading } from '../watch/loop-watch.ts';

/**
 * What the generator did and saw during some time. Each arrival that was offered has one outcome in
 * this reading or in a later one: `succeeded`, `failed`, `late` or `unfinished`. Times in
 * milliseconds from the start of the load.
 */
export interface LoadReading extends LoopReading {
  readonly fromMs: number;
  readonly toMs: number;
  /** Arrivals whose intended start has come. */
  readonly offered: number;
  /** Those that were answered, with less than 500 and not 429. */
  readonly succeeded: number;
  /**
   * Those that were not: `error` and `overloaded` by status, `timeout`, `reset`, `unreachable`. A
   * broken answer is an `error`.
   */
  readonly failed: Counts;
  /** The generator could not send them in time, by why. Nothing of them reached the target. */
  readonly late: Counts;
  /** Those that had no outcome yet when the load was stopped. */
  readonly unfinished: number;
  /** Answers by status, as a word such as `503`. */
  readonly statuses: Counts;
  /** What failures without a status were, in words. */
  readonly problems: Counts;
  /** From the intended start: what a user waits. */
  readonly latency: Histogram;
  readonly latencyFailed: Histogram;
  /**
   * From the real start, when the request got a connection: what tools report that leave out who
   * waits for them. Answers of any status.
   */
  readonly serviceTime: Histogram;
  /** From the intended start to when the generator took it up. */
  readonly lateness: Histogram;
  /** From then to holding a connection, for those that got one. */
  readonly connectionWait: Histogram;
  /** Connections that were made; those open at the end, and most at once. */
  readonly connected: number;
  readonly connections: number;
  readonly connectionsMax: number;
  /** Requests under way at the end, time-weighted mean, most at once. */
  readonly inFlight: number;
  readonly inFlightMean: number;
  readonly inFlightMax: number;
  /** Arrivals that wait for a connection: at the end, most at once. */
  readonly waiting: number;
  readonly waitingMax: number;
}
