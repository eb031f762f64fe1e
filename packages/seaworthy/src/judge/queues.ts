import type { Measure } from '../model/model.ts';
import type { Interval, QueueSample } from '../signals/run.ts';
import { counted, type Measured, timeMeasured } from './measured.ts';
import { merged, secondsOf, sumOf } from './totals.ts';

/** What some intervals say about a message queue. */
export function measureQueue(
  intervals: readonly Interval[],
  queue: number,
  what: Measure,
): Measured {
  const samples = queueSamples(intervals, queue);
  if (what.kind === 'latency') {
    const latency = merged(samples, (sample) => sample.latency);
    const began = sumOf(samples, (sample) => sample.published);
    return { ...timeMeasured(latency, what, intervals), began };
  }
  if (what.kind === 'backlog') return peak(samples, (sample) => sample.backlogMax, intervals);
  if (what.kind === 'age') return peak(samples, (sample) => sample.oldestMs, intervals);
  if (what.kind === 'offered' || what.kind === 'goodput') {
    const { kind } = what;
    const count = sumOf(samples, (one) => (kind === 'offered' ? one.published : one.done));
    return counted(count / secondsOf(intervals), count, intervals);
  }
  const share = shareOf[what.kind];
  if (share === undefined) return counted(Number.NaN, 0, intervals);
  const all = sumOf(samples, share.of);
  return counted(sumOf(samples, share.count) / all, all, intervals);
}

interface Share {
  readonly count: (sample: QueueSample) => number;
  readonly of: (sample: QueueSample) => number;
}

const shareOf: Readonly<Partial<Record<Measure['kind'], Share>>> = {
  redelivered: { count: (sample) => sample.redelivered, of: (sample) => sample.delivered },
  duplicates: { count: (sample) => sample.duplicates, of: (sample) => sample.done },
  'dead-letters': { count: (sample) => sample.deadLetters, of: (sample) => sample.published },
};

/** The highest value of any interval: a queue is as bad as its worst moment. */
function peak(
  samples: readonly QueueSample[],
  of: (sample: QueueSample) => number,
  intervals: readonly Interval[],
): Measured {
  return counted(
    samples.length === 0 ? Number.NaN : Math.max(...samples.map(of)),
    Infinity,
    intervals,
  );
}

export function queueSamples(
  intervals: readonly Interval[],
  queue: number,
): readonly QueueSample[] {
  return intervals.flatMap((interval) => interval.queues[queue] ?? []);
}
