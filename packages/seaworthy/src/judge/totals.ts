import { Histogram } from '../signals/histogram.ts';
import type { Counts, EdgeSample, Interval, Run, ServiceSample } from '../signals/run.ts';
import type { Span } from './triggers.ts';

/** How many over all reasons, or for the given ones. */
export function total(counts: Counts, reasons?: readonly string[]): number {
  let sum = 0;
  // Judging sums these for every part of every run: no list of entries each time.
  for (const reason in counts) {
    if (reasons === undefined || reasons.includes(reason)) sum += counts[reason] ?? 0;
  }
  return sum;
}

/** Calls that were settled, whatever way. */
export function settled(sample: EdgeSample): number {
  return sample.succeeded + total(sample.fallback) + total(sample.failed) + total(sample.rejected);
}

/** The end of what was measured: an interrupted run is shorter than its header says. */
export function endOf(run: Run): number {
  return run.intervals.at(-1)?.toMs ?? 0;
}

/** What objectives are about when they name no window. */
export function afterWarmUp(run: Run): Span {
  return { fromMs: run.header.warmUpMs, toMs: endOf(run) };
}

/** The intervals whose middle is in the span: a window is rounded to whole intervals. */
export function intervalsIn(run: Run, span: Span): readonly Interval[] {
  const { intervals } = run;
  return intervals.slice(firstAfter(intervals, span.fromMs), firstAfter(intervals, span.toMs));
}

/** The first interval whose middle is at or after a moment, by bisection. */
function firstAfter(intervals: readonly Interval[], atMs: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const interval = intervals[middle];
    if (interval !== undefined && (interval.fromMs + interval.toMs) / 2 < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function secondsOf(intervals: readonly Interval[]): number {
  let milliseconds = 0;
  for (const interval of intervals) milliseconds += interval.toMs - interval.fromMs;
  return milliseconds / 1000;
}

/** The samples of some edges over some intervals. */
export function edgeSamples(
  intervals: readonly Interval[],
  edges: readonly number[],
): readonly EdgeSample[] {
  const samples: EdgeSample[] = [];
  for (const interval of intervals) {
    for (const edge of edges) {
      const sample = interval.edges[edge];
      if (sample !== undefined) samples.push(sample);
    }
  }
  return samples;
}

export function serviceSamples(
  intervals: readonly Interval[],
  service: number,
): readonly ServiceSample[] {
  const samples: ServiceSample[] = [];
  for (const interval of intervals) {
    const sample = interval.services[service];
    if (sample !== undefined) samples.push(sample);
  }
  return samples;
}

export function sumOf<Sample>(
  samples: readonly Sample[],
  count: (sample: Sample) => number,
): number {
  let sum = 0;
  for (const sample of samples) sum += count(sample);
  return sum;
}

/** All values of one histogram of the samples. */
export function merged<Sample>(
  samples: readonly Sample[],
  histogramOf: (sample: Sample) => Histogram,
): Histogram {
  const all = new Histogram();
  for (const sample of samples) all.merge(histogramOf(sample));
  return all;
}

/** The mean over time of a level, with each interval counting for its length. */
export function levelOf(
  intervals: readonly Interval[],
  level: (interval: Interval) => number,
): number {
  let area = 0;
  let milliseconds = 0;
  for (const interval of intervals) {
    const lengthMs = interval.toMs - interval.fromMs;
    area += level(interval) * lengthMs;
    milliseconds += lengthMs;
  }
  return area / milliseconds;
}
