import type { Version } from '../../model/lifecycle.ts';
import { durationText, numberText, roughShareText } from '../words.ts';
import type { Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/** What the replicas of one version did in some part of a run. Means of nothing are NaN. */
export interface VersionPart {
  /** Seconds that its ready replicas add up to. */
  readonly replicaSeconds: number;
  readonly answered: number;
  readonly failed: number;
  readonly failedShare: number;
  readonly serviceMeanMs: number;
  readonly serviceDeviationMs: number;
  /** Share of the time for which its replicas stood still. */
  readonly pausedShare: number;
  /** Collections of garbage a second, for each replica. */
  readonly collectionsPerSecond: number;
}

export function versionIn(
  view: RunView,
  service: number,
  version: number,
  stretch: Stretch,
): VersionPart {
  const sum = { replicaSeconds: 0, answered: 0, failed: 0, pausedSeconds: 0, collections: 0 };
  let serviceMs = 0;
  let serviceMsSquared = 0;
  for (const { intervals } of view.steps.slice(stretch.from, stretch.to)) {
    for (const interval of intervals) {
      const sample = interval.services[service]?.versions[version];
      if (sample === undefined) continue;
      const seconds = (interval.toMs - interval.fromMs) / 1000;
      const { answered, serviceTimeMeanMs: mean, serviceTimeDeviationMs: deviation } = sample;
      sum.replicaSeconds += sample.ready * seconds;
      sum.pausedSeconds += sample.paused * seconds;
      sum.collections += sample.collections;
      sum.answered += answered;
      sum.failed += sample.failed;
      serviceMs += answered * mean;
      serviceMsSquared += answered * (mean * mean + deviation * deviation);
    }
  }
  const serviceMeanMs = serviceMs / sum.answered;
  const variance = serviceMsSquared / sum.answered - serviceMeanMs * serviceMeanMs;
  return {
    replicaSeconds: sum.replicaSeconds,
    answered: sum.answered,
    failed: sum.failed,
    failedShare: sum.failed / sum.answered,
    serviceMeanMs,
    serviceDeviationMs: Math.sqrt(Math.max(0, variance)),
    pausedShare: sum.pausedSeconds / sum.replicaSeconds,
    collectionsPerSecond: sum.collections / sum.replicaSeconds,
  };
}

/** How a version differs from the file, as a file has it: `memory 1.05x, fails 1 %`. */
export function versionText({ slower, memory, leakBytes, failShare }: Version): string {
  const parts = [
    slower === 1 ? '' : `${numberText(slower)}x slower`,
    memory === 1 ? '' : `${numberText(memory)}x the memory`,
    leakBytes === 0 ? '' : `leaks ${numberText(leakBytes)} B a request`,
    failShare === 0 ? '' : `fails ${roughShareText(failShare)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'the same version' : parts.join(', ');
}

/** The numbers of the new version, each beside that of the old one; `where` says which that is. */
export function besides(newer: VersionPart, older: VersionPart, where: string): readonly string[] {
  const took = durationText(newer.serviceMeanMs);
  const numbers = [
    `a request takes ${took} at a new replica (${durationText(older.serviceMeanMs)} ${where})`,
  ];
  if (newer.collectionsPerSecond > 0 && older.collectionsPerSecond > 0) {
    const collects = numberText(newer.collectionsPerSecond);
    const collected = numberText(older.collectionsPerSecond);
    const stands = roughShareText(newer.pausedShare);
    const stood = roughShareText(older.pausedShare);
    numbers.push(
      `it collects garbage ${collects} times a second (${collected} ${where})`,
      `it stands still for ${stands} of the time (${stood} ${where})`,
    );
  }
  if (newer.failedShare > 0 || older.failedShare > 0) {
    const fails = roughShareText(newer.failedShare);
    numbers.push(`it fails ${fails} of them (${roughShareText(older.failedShare)} ${where})`);
  }
  return numbers;
}

/** Fewer answers than this say little about a mean or a share. */
const answersNeeded = 100;

/** So many standard errors are no chance. */
const clearly = 4;

/** A tenth slower, or five in a hundred more of the time, is worth a look. */
const slowerBy = 1.1;
const pausedMore = 0.05;
const failsMore = 0.005;

/** Whether the new version does clearly worse than the old one at the same time. */
export function isWorse(newer: VersionPart, older: VersionPart): boolean {
  if (newer.answered < answersNeeded || older.answered < answersNeeded) return false;
  const meanError = Math.hypot(
    newer.serviceDeviationMs / Math.sqrt(newer.answered),
    older.serviceDeviationMs / Math.sqrt(older.answered),
  );
  const slower = newer.serviceMeanMs - older.serviceMeanMs;
  if (newer.serviceMeanMs > slowerBy * older.serviceMeanMs && slower > clearly * meanError) {
    return true;
  }
  const all = (newer.failed + older.failed) / (newer.answered + older.answered);
  const failError = Math.sqrt(all * (1 - all) * (1 / newer.answered + 1 / older.answered));
  const failing = newer.failedShare - older.failedShare;
  if (failing > failsMore && failing > clearly * failError) return true;
  return newer.pausedShare - older.pausedShare > pausedMore;
}
