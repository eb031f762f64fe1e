import type { Histogram } from '../../signals/histogram.ts';
import type { Interval } from '../../signals/run.ts';
import { settled, total } from '../totals.ts';

/**
 * What happened on one edge in some part of a run. Shares and means are NaN where nothing happened.
 */
export interface EdgePart {
  readonly seconds: number;
  readonly offered: number;
  readonly settled: number;
  readonly succeeded: number;
  /** Neither an answer of the dependency nor a fallback. */
  readonly lost: number;
  readonly successShare: number;
  readonly lostShare: number;
  readonly attempts: number;
  readonly attemptsPerTask: number;
  /** Attempts that failed, and those of them that failed as they do under too much load. */
  readonly attemptsFailed: number;
  readonly attemptsFailedByLoad: number;
  /** Attempts that ended, either way. */
  readonly attemptsEnded: number;
  readonly timeouts: number;
  /** Attempts that the deadline ended, and retries that were not made for it. */
  readonly endedByDeadline: number;
  readonly stoppedByDeadline: number;
  /** Calls that the queue of the limit refused or dropped. */
  readonly refused: number;
  readonly refusedShare: number;
  readonly latencyMeanMs: number;
  readonly waitMeanMs: number;
  readonly inFlightMean: number;
  readonly limit: number;
  readonly queueMean: number;
  readonly queueMax: number;
  /** How long an attempt held its slot, by Little's law. */
  readonly heldMeanMs: number;
}

/** What happened at one service in some part of a run. */
export interface ServicePart {
  readonly seconds: number;
  readonly arrived: number;
  /** Answered with success. */
  readonly served: number;
  readonly failed: number;
  readonly failedShare: number;
  /** Refused because its queue was full, or dropped from it. */
  readonly refused: number;
  readonly refusedShare: number;
  readonly wasted: number;
  readonly wastedMs: number;
  readonly wastedShare: number;
  readonly waitMeanMs: number;
  readonly serviceMeanMs: number;
  readonly inFlightMean: number;
  readonly queueMean: number;
  readonly queueMax: number;
  readonly slots: number;
  /** Replicas that have those slots; they may come and go. */
  readonly replicas: number;
  readonly utilisation: number;
}

/** Reasons that an overloaded dependency gives, or that waiting for one gives. */
const loadReasons = ['timeout', 'overloaded', 'shed', 'deadline', 'cancelled'];
const queueReasons = ['queue-full', 'queue-timeout', 'queue-dropped'];
const refusedReasons = ['overloaded', 'shed', ...queueReasons];

/** The mean of several histograms, without merging them. */
class Mean {
  sum = 0;
  count = 0;

  add(histogram: Histogram): void {
    this.sum += histogram.sum;
    this.count += histogram.count;
  }

  get value(): number {
    return this.sum / this.count;
  }
}

export function edgePart(intervals: readonly Interval[], edge: number): EdgePart {
  const sum = { offered: 0, settled: 0, succeeded: 0, lost: 0, attempts: 0, refused: 0 };
  const failed = { all: 0, byLoad: 0, timeouts: 0, byDeadline: 0, stopped: 0 };
  const level = { inFlight: 0, queue: 0, queueMax: 0, limit: 0 };
  const latency = new Mean();
  const wait = new Mean();
  let milliseconds = 0;
  for (const interval of intervals) {
    const sample = interval.edges[edge];
    if (sample === undefined) continue;
    const lengthMs = interval.toMs - interval.fromMs;
    milliseconds += lengthMs;
    sum.offered += sample.offered;
    sum.settled += settled(sample);
    sum.succeeded += sample.succeeded;
    sum.lost += total(sample.failed) + total(sample.rejected);
    sum.attempts += sample.attempts;
    sum.refused += total(sample.rejected, queueReasons) + total(sample.fallback, queueReasons);
    failed.all += total(sample.attemptsFailed);
    failed.byLoad += total(sample.attemptsFailed, loadReasons);
    failed.timeouts += sample.attemptsFailed['timeout'] ?? 0;
    failed.byDeadline += sample.attemptsFailed['deadline'] ?? 0;
    failed.stopped += sample.retriesStopped['deadline'] ?? 0;
    level.inFlight += sample.inFlightMean * lengthMs;
    level.queue += sample.queueMean * lengthMs;
    level.queueMax = Math.max(level.queueMax, sample.queueMax);
    level.limit = sample.limit;
    latency.add(sample.latency);
    wait.add(sample.wait);
  }
  return {
    seconds: milliseconds / 1000,
    ...sum,
    successShare: sum.succeeded / sum.settled,
    lostShare: sum.lost / sum.settled,
    attemptsPerTask: sum.attempts / sum.offered,
    attemptsFailed: failed.all,
    attemptsFailedByLoad: failed.byLoad,
    attemptsEnded: failed.all + sum.succeeded,
    timeouts: failed.timeouts,
    endedByDeadline: failed.byDeadline,
    stoppedByDeadline: failed.stopped,
    refusedShare: sum.refused / sum.settled,
    latencyMeanMs: latency.value,
    waitMeanMs: wait.value,
    inFlightMean: level.inFlight / milliseconds,
    limit: level.limit,
    queueMean: level.queue / milliseconds,
    queueMax: level.queueMax,
    heldMeanMs: level.inFlight / sum.attempts,
  };
}

export function servicePart(intervals: readonly Interval[], service: number): ServicePart {
  const sum = { arrived: 0, served: 0, failed: 0, refused: 0, wasted: 0, wastedMs: 0 };
  const level = { inFlight: 0, queue: 0, queueMax: 0, utilisation: 0, slots: 0, ready: 0 };
  const wait = new Mean();
  const serviceTime = new Mean();
  let busyMs = 0;
  let milliseconds = 0;
  for (const interval of intervals) {
    const sample = interval.services[service];
    if (sample === undefined) continue;
    const lengthMs = interval.toMs - interval.fromMs;
    milliseconds += lengthMs;
    sum.arrived += sample.arrived;
    sum.served += sample.served;
    sum.failed += total(sample.failed);
    sum.refused += total(sample.failed, refusedReasons);
    sum.wasted += sample.wasted;
    sum.wastedMs += sample.wastedMs;
    busyMs += sample.busyMs;
    level.inFlight += sample.inFlightMean * lengthMs;
    level.queue += sample.queueMean * lengthMs;
    level.queueMax = Math.max(level.queueMax, sample.queueMax);
    level.utilisation += sample.utilisation * lengthMs;
    level.slots = sample.slots;
    level.ready = sample.ready;
    wait.add(sample.wait);
    serviceTime.add(sample.serviceTime);
  }
  return {
    seconds: milliseconds / 1000,
    ...sum,
    failedShare: sum.failed / sum.arrived,
    refusedShare: sum.refused / sum.arrived,
    wastedShare: sum.wastedMs / busyMs,
    waitMeanMs: wait.value,
    serviceMeanMs: serviceTime.value,
    inFlightMean: level.inFlight / milliseconds,
    queueMean: level.queue / milliseconds,
    queueMax: level.queueMax,
    slots: level.slots,
    replicas: Math.max(1, Math.round(level.ready)),
    utilisation: level.utilisation / milliseconds,
  };
}
