import { type PageRun, type Series, Times } from '../seaworthy.ts';
import { beginOf } from './series.ts';

/** Ten values beyond a percentile, as for the verdict: fewer say little more than the largest. */
const BEYOND = 10;

function samplesNeeded(quantile: number): number {
  return Math.ceil(BEYOND / Math.min(quantile, 1 - quantile) - 1e-6);
}

/** More of the drawn part than this in one value would hide what happened in it. */
const WIDEST = 1 / 16;

/** All times of a field in a part of the run: intervals `from` to before `to`. */
export function timesIn(parts: readonly Series[], field: string, from: number, to: number): Times {
  const times = new Times();
  for (const part of parts) {
    const texts = part.times[field];
    if (texts === undefined) continue;
    for (let at = from; at < to; at++) times.add(texts[at]);
  }
  return times;
}

export interface Percentile {
  readonly values: readonly number[];
  /** The most intervals that went into one value. */
  readonly widest: number;
}

/**
 * A percentile over time. Each value is of as many intervals as it takes to have enough samples for
 * it, and where even a sixteenth of the drawn part has not, there is none.
 */
export function percentileOver(
  run: PageRun,
  parts: readonly Series[],
  field: string,
  quantile: number,
  [from, to]: readonly [number, number],
): Percentile {
  const values = run.toMs.map(() => Number.NaN);
  const needed = samplesNeeded(quantile);
  const longest = Math.max(1, Math.floor((to - from) * WIDEST));
  let widest = 0;
  for (let begin = from; begin < to;) {
    const times = new Times();
    let end = begin;
    while (end < to && end - begin < longest && times.count < needed) {
      for (const part of parts) times.add(part.times[field]?.[end]);
      end++;
    }
    if (times.count >= needed) {
      values.fill(times.quantile(quantile), begin, end);
      widest = Math.max(widest, end - begin);
    }
    begin = end;
  }
  return { values, widest };
}

/** The mean of each interval; NaN where there is nothing. */
export function meanOver(
  run: PageRun,
  parts: readonly Series[],
  field: string,
  [from, to]: readonly [number, number],
): readonly number[] {
  return run.toMs.map((_, at) =>
    at < from || at >= to ? Number.NaN : timesIn(parts, field, at, at + 1).meanMs,
  );
}

/** A percentile of a whole part; undefined where there are too few samples for it. */
export function percentileIn(times: Times, quantile: number): number | undefined {
  return times.count >= samplesNeeded(quantile) ? times.quantile(quantile) : undefined;
}

/** How many milliseconds some intervals take: all but the last are of one length. */
export function stepMs(run: PageRun, intervals: number): number {
  return intervals * ((run.toMs[0] ?? 0) - beginOf(run, 0));
}
