import { Histogram } from '../signals/histogram.ts';
import type { Interval, Run } from '../signals/run.ts';

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A stretch in which tasks came and none was answered. */
const unanswered = '×';

/**
 * The p99 of one edge over the whole run, from 0 to its highest, in `width` characters. A cross
 * where nothing was answered, a blank where nothing was asked.
 */
export function latencySparkline(run: Run, edge: number, width: number): string {
  const values = stretches(run, width).map((intervals) => p99Of(intervals, edge));
  const highest = Math.max(0, ...values.map((value) => (typeof value === 'number' ? value : 0)));
  return values
    .map((value) => (typeof value === 'number' ? levelOf(value, highest) : value))
    .join('');
}

/** Or the sign for a stretch that has none. */
function p99Of(intervals: readonly Interval[], edge: number): number | string {
  const latency = new Histogram();
  let offered = 0;
  for (const interval of intervals) {
    const sample = interval.edges[edge];
    if (sample === undefined) continue;
    latency.merge(sample.latency);
    offered += sample.offered;
  }
  if (latency.count > 0) return latency.quantile(0.99);
  return offered > 0 ? unanswered : ' ';
}

/** A mark in each character in which one of the spans lies. */
export function spanLine(
  run: Run,
  spans: readonly { readonly fromMs: number; readonly toMs: number }[],
  width: number,
): string {
  return stretches(run, width)
    .map((intervals) => {
      const fromMs = intervals[0]?.fromMs ?? 0;
      const toMs = intervals.at(-1)?.toMs ?? 0;
      return spans.some((span) => span.fromMs < toMs && span.toMs > fromMs) ? '━' : ' ';
    })
    .join('');
}

function levelOf(value: number, highest: number): string {
  const share = highest === 0 ? 0 : value / highest;
  return levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? '';
}

/**
 * The intervals in as many equal parts as there are characters, or fewer where there are fewer
 * intervals.
 */
function stretches(run: Run, width: number): readonly (readonly Interval[])[] {
  const parts = Math.min(width, run.intervals.length);
  return Array.from({ length: parts }, (_, part) =>
    run.intervals.slice(
      Math.floor((part * run.intervals.length) / parts),
      Math.floor(((part + 1) * run.intervals.length) / parts),
    ),
  );
}
