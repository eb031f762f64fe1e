import type { PageRun, Series } from '../seaworthy.ts';

/** A field over time; 0 throughout where the run has nothing of it. */
export function numbers(run: PageRun, series: Series, field: string): readonly number[] {
  return series.numbers[field] ?? nothing(run);
}

/** All reasons of a field together. */
export function total(run: PageRun, series: Series, field: string): readonly number[] {
  return added(run, Object.values(series.counts[field] ?? {}));
}

/** Interval by interval. */
export function added(run: PageRun, lists: readonly (readonly number[])[]): readonly number[] {
  if (lists.length === 1) return lists[0]!;
  return run.toMs.map((_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0));
}

/** The same field of several parts. */
export function allOf(
  run: PageRun,
  parts: readonly Series[],
  read: (run: PageRun, series: Series, field: string) => readonly number[],
  field: string,
): readonly number[] {
  return added(
    run,
    parts.map((part) => read(run, part, field)),
  );
}

export function perSecond(run: PageRun, values: readonly number[]): readonly number[] {
  return values.map((value, at) => value / secondsOf(run, at));
}

/** NaN where there is nothing to divide by. */
export function ratio(above: readonly number[], below: readonly number[]): readonly number[] {
  return above.map((value, at) => (below[at]! > 0 ? value / below[at]! : Number.NaN));
}

export function secondsOf(run: PageRun, at: number): number {
  return (run.toMs[at]! - beginOf(run, at)) / 1000 || 1;
}

export function beginOf(run: PageRun, at: number): number {
  return at === 0 ? 0 : run.toMs[at - 1]!;
}

/** The interval that a moment lies in. */
export function intervalAt(run: Pick<PageRun, 'toMs'>, ms: number): number {
  let low = 0;
  let high = run.toMs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run.toMs[middle]! <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The intervals that lie in a part of the run: from the first to before the second. */
export function intervalsIn(
  run: PageRun,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly [from: number, to: number] {
  if (run.toMs.length === 0) return [0, 0];
  const from = intervalAt(run, fromMs);
  const last = intervalAt(run, toMs);
  // One that only begins where the part ends is not in it.
  return [from, beginOf(run, last) < toMs ? last + 1 : last];
}

/** The same, of intervals that begin and end at these moments. */
export function intervalsFrom(
  edgesMs: readonly number[],
  fromMs: number,
  toMs: number,
): readonly [from: number, to: number] {
  let from = 0;
  while (from + 2 < edgesMs.length && edgesMs[from + 1]! <= fromMs) from++;
  let to = from;
  while (to + 1 < edgesMs.length && edgesMs[to]! < toMs) to++;
  return [from, to];
}

function nothing(run: PageRun): readonly number[] {
  return run.toMs.map(() => 0);
}
