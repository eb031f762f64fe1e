import type { Interval } from '../../signals/run.ts';

/** What happened at one message queue in some part of a run. NaN: nothing happened. */
export interface QueuePart {
  readonly seconds: number;
  readonly published: number;
  readonly delivered: number;
  readonly redelivered: number;
  readonly done: number;
  readonly deadLetters: number;
  /** Of the deliveries, those that were not the first of their message. */
  readonly againShare: number;
  /** Of the first deliveries, and of the others, those that ended in vain. */
  readonly firstFailedShare: number;
  readonly againFailedShare: number;
  readonly inWorkMean: number;
  readonly backlogMax: number;
  /** At the end. */
  readonly oldestMs: number;
}

export function queuePart(intervals: readonly Interval[], queue: number): QueuePart {
  const sum = { published: 0, delivered: 0, redelivered: 0, done: 0, deadLetters: 0 };
  const failed = { first: 0, again: 0 };
  let backlogMax = 0;
  let oldestMs = 0;
  let inWork = 0;
  let milliseconds = 0;
  for (const interval of intervals) {
    const sample = interval.queues[queue];
    if (sample === undefined) continue;
    const lengthMs = interval.toMs - interval.fromMs;
    milliseconds += lengthMs;
    sum.published += sample.published;
    sum.delivered += sample.delivered;
    sum.redelivered += sample.redelivered;
    sum.done += sample.done;
    sum.deadLetters += sample.deadLetters;
    failed.first += sample.firstFailed;
    failed.again += sample.againFailed;
    backlogMax = Math.max(backlogMax, sample.backlogMax);
    inWork += sample.inWorkMean * lengthMs;
    oldestMs = sample.oldestMs;
  }
  const first = sum.delivered - sum.redelivered;
  return {
    seconds: milliseconds / 1000,
    ...sum,
    againShare: sum.redelivered / sum.delivered,
    firstFailedShare: failed.first / first,
    againFailedShare: failed.again / sum.redelivered,
    inWorkMean: inWork / milliseconds,
    backlogMax,
    oldestMs,
  };
}
