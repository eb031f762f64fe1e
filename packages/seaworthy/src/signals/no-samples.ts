import { Histogram } from './histogram.ts';
import type { EdgeSample, QueueSample, RowsSample, ServiceSample } from './run.ts';

const empty = new Histogram();

/** An edge on which nothing was seen, and of what no proxy sees: policies, budgets, caches. */
export const noEdge: EdgeSample = {
  offered: 0,
  succeeded: 0,
  fallback: {},
  failed: {},
  rejected: {},
  attempts: 0,
  attemptsFailed: {},
  retries: 0,
  retriesPeak: 0,
  retriesStopped: {},
  hedges: 0,
  hedgesWon: 0,
  overtaken: 0,
  hedgesStopped: {},
  latency: empty,
  latencyFailed: empty,
  wait: empty,
  inFlightMean: 0,
  inFlightMax: 0,
  limit: 0,
  queueMean: 0,
  queueMax: 0,
  breakerOpenShare: 0,
  budgetLeft: -1,
  fallbackLinks: [],
  fallbackNormalShare: 0,
  fallbackNormalMs: 0,
  classes: [],
  cache: {},
  recomputingMax: 0,
  recomputesPeak: 0,
};

/** A service of which nothing was seen, and of what is inside of one: slots, queues, versions. */
export const noService: ServiceSample = {
  arrived: 0,
  served: 0,
  failed: {},
  wasted: 0,
  wastedMs: 0,
  busyMs: 0,
  wait: empty,
  serviceTime: empty,
  inFlightMean: 0,
  queueMean: 0,
  queueMax: 0,
  slots: 0,
  utilisation: -1,
  replicas: [],
  ready: 0,
  paused: 0,
  collections: 0,
  versions: [],
};

/** No proxy sees what is in a message queue. */
export const noQueue: QueueSample = {
  published: 0,
  refused: 0,
  publishedBy: [],
  delivered: 0,
  redelivered: 0,
  expired: 0,
  firstFailed: 0,
  againFailed: 0,
  done: 0,
  duplicates: 0,
  deadLetters: 0,
  latency: empty,
  backlogMean: 0,
  backlogMax: 0,
  inWorkMean: 0,
  oldestMs: 0,
};

/** No proxy sees which rows are locked. */
export const noRows: RowsSample = {
  locked: 0,
  gaveUp: 0,
  wait: empty,
  queueMean: 0,
  queueMax: 0,
  heldMean: 0,
  writes: 0,
  conflicts: 0,
};
