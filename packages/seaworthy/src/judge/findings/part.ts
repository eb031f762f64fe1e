import type { Interval } from '../../signals/run.ts';
import {
  edgeSamples,
  levelOf,
  secondsOf,
  serviceSamples,
  settled,
  sumOf,
  total,
} from '../totals.ts';

/** What happened on one edge in some part of a run. Shares and means are NaN where nothing happened. */
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
  readonly inFlightMax: number;
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
  readonly served: number;
  readonly failed: number;
  readonly failedShare: number;
  /** Refused because its queue was full, or dropped from it. */
  readonly refused: number;
  readonly refusedShare: number;
  readonly wasted: number;
  readonly wastedMs: number;
  readonly busyMs: number;
  readonly wastedShare: number;
  readonly waitMeanMs: number;
  readonly serviceMeanMs: number;
  readonly inFlightMean: number;
  readonly queueMean: number;
  readonly queueMax: number;
  readonly slots: number;
  readonly utilisation: number;
}

/** Reasons that an overloaded dependency gives, or that waiting for one gives. */
const loadReasons = ['timeout', 'overloaded', 'deadline', 'cancelled'];
const queueReasons = ['queue-full', 'queue-timeout', 'queue-dropped'];
const refusedReasons = ['overloaded', ...queueReasons];

export function edgePart(intervals: readonly Interval[], edge: number): EdgePart {
  const samples = edgeSamples(intervals, [edge]);
  const sum = (count: Parameters<typeof sumOf<(typeof samples)[number]>>[1]): number =>
    sumOf(samples, count);
  const level = (of: (sample: (typeof samples)[number]) => number): number =>
    levelOf(intervals, (interval) => sumOf(edgeSamples([interval], [edge]), of));
  const seconds = secondsOf(intervals);
  const offered = sum((sample) => sample.offered);
  const all = sum(settled);
  const succeeded = sum((sample) => sample.succeeded);
  const lost = sum((sample) => total(sample.failed) + total(sample.rejected));
  const attempts = sum((sample) => sample.attempts);
  const refused = sum(
    (sample) => total(sample.rejected, queueReasons) + total(sample.fallback, queueReasons),
  );
  const inFlightMean = level((sample) => sample.inFlightMean);
  return {
    seconds,
    offered,
    settled: all,
    succeeded,
    lost,
    successShare: succeeded / all,
    lostShare: lost / all,
    attempts,
    attemptsPerTask: attempts / offered,
    attemptsFailed: sum((sample) => total(sample.attemptsFailed)),
    attemptsFailedByLoad: sum((sample) => total(sample.attemptsFailed, loadReasons)),
    timeouts: sum((sample) => total(sample.attemptsFailed, ['timeout'])),
    endedByDeadline: sum((sample) => total(sample.attemptsFailed, ['deadline'])),
    stoppedByDeadline: sum((sample) => total(sample.retriesStopped, ['deadline'])),
    refused,
    refusedShare: refused / all,
    latencyMeanMs: sum((sample) => sample.latency.sum) / sum((sample) => sample.latency.count),
    waitMeanMs: sum((sample) => sample.wait.sum) / sum((sample) => sample.wait.count),
    inFlightMean,
    inFlightMax: Math.max(0, ...samples.map((sample) => sample.inFlightMax)),
    limit: samples.at(-1)?.limit ?? 0,
    queueMean: level((sample) => sample.queueMean),
    queueMax: Math.max(0, ...samples.map((sample) => sample.queueMax)),
    heldMeanMs: (inFlightMean * seconds * 1000) / attempts,
  };
}

export function servicePart(intervals: readonly Interval[], service: number): ServicePart {
  const samples = serviceSamples(intervals, service);
  const sum = (count: Parameters<typeof sumOf<(typeof samples)[number]>>[1]): number =>
    sumOf(samples, count);
  const level = (of: (sample: (typeof samples)[number]) => number): number =>
    levelOf(intervals, (interval) => sumOf(serviceSamples([interval], service), of));
  const arrived = sum((sample) => sample.arrived);
  const failed = sum((sample) => total(sample.failed));
  const refused = sum((sample) => total(sample.failed, refusedReasons));
  const wastedMs = sum((sample) => sample.wastedMs);
  const busyMs = sum((sample) => sample.busyMs);
  return {
    seconds: secondsOf(intervals),
    arrived,
    served: sum((sample) => sample.served),
    failed,
    failedShare: failed / arrived,
    refused,
    refusedShare: refused / arrived,
    wasted: sum((sample) => sample.wasted),
    wastedMs,
    busyMs,
    wastedShare: wastedMs / busyMs,
    waitMeanMs: sum((sample) => sample.wait.sum) / sum((sample) => sample.wait.count),
    serviceMeanMs:
      sum((sample) => sample.serviceTime.sum) / sum((sample) => sample.serviceTime.count),
    inFlightMean: level((sample) => sample.inFlightMean),
    queueMean: level((sample) => sample.queueMean),
    queueMax: Math.max(0, ...samples.map((sample) => sample.queueMax)),
    slots: samples.at(-1)?.slots ?? 0,
    utilisation: level((sample) => sample.utilisation),
  };
}
