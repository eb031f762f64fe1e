import { Histogram } from '../signals/histogram.ts';
import type { Interval, Run } from '../signals/run.ts';

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * The p99 of one edge over the whole run, from 0 to its highest, in `width` characters. A blank is
 * a stretch in which nothing was answered.
 */
export function latencySparkline(run: Run, edge: number, width: number): string {
  const values = stretches(run, width).map((intervals) => {
    const latency = new Histogram();
    for (const interval of intervals) {
      const sample = interval.edges[edge];
      if (sample !== undefined) latency.merge(sample.latency);
    }
    return latency.count > 0 ? latency.quantile(0.99) : undefined;
  });
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return values.map((value) => (value === undefined ? ' ' : levelOf(value, highest))).join('');
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
