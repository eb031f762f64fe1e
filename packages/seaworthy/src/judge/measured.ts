import type { Measure } from '../model/model.ts';
import type { Histogram } from '../signals/histogram.ts';
import type { Interval } from '../signals/run.ts';
import { levelOf, secondsOf } from './totals.ts';

/** The value of a measure in a part of a run. */
export interface Measured {
  /** NaN where nothing was measured. */
  readonly value: number;
  /**
   * How many calls, attempts or requests it rests on. Infinity for levels, which are known at every
   * moment.
   */
  readonly samples: number;
  /** The values behind a statistic of times. */
  readonly histogram: Histogram | undefined;
  /**
   * For the latency of calls: how long those took that failed or were refused. They are not in the
   * statistic.
   */
  readonly failed: Histogram | undefined;
  /** For shares and the latency of calls: how many began. */
  readonly began: number;
  /** The length of the part that was measured. */
  readonly seconds: number;
}

export type TimeStatistic = Extract<Measure, { readonly statistic: unknown }>;

export function timeMeasured(
  histogram: Histogram,
  what: TimeStatistic,
  intervals: readonly Interval[],
): Measured {
  return {
    value: statisticOf(histogram, what),
    samples: histogram.count,
    histogram,
    failed: undefined,
    began: 0,
    seconds: secondsOf(intervals),
  };
}

function statisticOf(histogram: Histogram, what: TimeStatistic): number {
  if (histogram.count === 0) return Number.NaN;
  if (what.statistic === 'mean') return histogram.mean;
  if (what.statistic === 'max') return histogram.max;
  return histogram.quantile(what.quantile);
}

export function counted(value: number, samples: number, intervals: readonly Interval[]): Measured {
  return {
    value,
    samples,
    histogram: undefined,
    failed: undefined,
    began: 0,
    seconds: secondsOf(intervals),
  };
}

export function levelMeasured(
  intervals: readonly Interval[],
  level: (interval: Interval) => number,
): Measured {
  return counted(levelOf(intervals, level), Infinity, intervals);
}
