import type { Measure } from '../model/model.ts';
import type { Interval, RowsSample } from '../signals/run.ts';
import { counted, levelMeasured, type Measured, timeMeasured } from './measured.ts';
import { merged, sumOf } from './totals.ts';

/** What some intervals say about some rows. */
export function measureRows(intervals: readonly Interval[], rows: number, what: Measure): Measured {
  const samples = rowsSamples(intervals, rows);
  if (what.kind === 'wait') {
    const wait = merged(samples, (sample) => sample.wait);
    return timeMeasured(wait, what, intervals);
  }
  if (what.kind === 'queue') {
    return levelMeasured(intervals, (interval) => interval.rows[rows]?.queueMean ?? Number.NaN);
  }
  const writes = sumOf(samples, (sample) => sample.writes);
  const conflicts = sumOf(samples, (sample) => sample.conflicts);
  return counted(what.kind === 'conflicts' ? conflicts / writes : Number.NaN, writes, intervals);
}

export function rowsSamples(intervals: readonly Interval[], rows: number): readonly RowsSample[] {
  return intervals.flatMap((interval) => interval.rows[rows] ?? []);
}
