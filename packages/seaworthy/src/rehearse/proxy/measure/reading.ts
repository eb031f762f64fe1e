import type { Histogram } from '../../../signals/histogram.ts';
import type { Counts } from '../../../signals/run.ts';
import type { ReplicaCounts } from './replica-counts.ts';
import type { TaskCounts } from './task-counter.ts';

/** One edge during some time, as the proxy in the middle of it saw it. */
export interface EdgeReading {
  readonly fromMs: number;
  readonly toMs: number;
  /** Connections that callers opened, and those of them for which the callee was not there. */
  readonly accepted: number;
  readonly unreachable: number;
  /** Connections that the system did not let the proxy accept, for want of file descriptors. */
  readonly notAccepted: number;
  /** Open connections: at the end, time-weighted mean, and most at once. */
  readonly connections: number;
  readonly connectionsMean: number;
  readonly connectionsMax: number;
  readonly bytesUpstream: number;
  readonly bytesDownstream: number;
  /** HTTP requests that began. */
  readonly offered: number;
  /** Requests that were answered, with less than 500 and not 429. */
  readonly succeeded: number;
  /** The others that ended: `error` and `overloaded` by status, `reset`, `cancelled`. */
  readonly failed: Counts;
  /** Responses by status, as a word such as `503`. */
  readonly statuses: Counts;
  /** Requests that are under way: at the end, time-weighted mean, and most at once. */
  readonly inFlight: number;
  readonly inFlightMean: number;
  readonly inFlightMax: number;
  /** Requests whose framing was lost, so that nothing more was measured on their connection. */
  readonly unreadable: number;
  /**
   * What the caller waited: first byte of the request here, last byte of the response handed on.
   */
  readonly latency: Histogram;
  readonly latencyFailed: Histogram;
  /** What the callee took: last byte of the request here to first byte of the response here. */
  readonly calleeTime: Histogram;
  /** The same of requests that did not have to wait for others there, as far as that is known. */
  readonly serviceTime: Histogram;
  /**
   * On connections without HTTP: from the last bytes of the caller to the next of the callee. Of
   * Redis: from each command to its own reply.
   */
  readonly turn: Histogram;
  readonly tasks: TaskCounts;
  /** By the number of the replica, as far as one had any requests. */
  readonly replicas: readonly ReplicaCounts[];
}
