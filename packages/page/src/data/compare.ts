import type { Unit } from '../chart/chart-data.ts';
import type { PageRun, Series } from '../seaworthy.ts';
import type { Span } from '../state/view.ts';
import { text } from '../text/english.ts';
import { edgesOf, frontEdges } from './focus.ts';
import { percentileIn, timesIn } from './latency.ts';
import { intervalsIn, numbers, total } from './series.ts';

export interface Comparison {
  readonly name: string;
  readonly unit: Unit;
  readonly first: number;
  readonly second: number;
  /** Second less first, with the half of its interval; NaN where there is too little to tell. */
  readonly difference: number;
  readonly half: number;
  readonly verdict: 'better' | 'worse' | 'same' | 'unknown';
}

/** Stretches of time that are compared pair by pair. */
const BATCHES = 10;

/** The 97.5 % quantile of Student's t, by degrees of freedom from 4 to 9. */
const STUDENT = [2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** With fewer pairs an interval says nothing. */
const PAIRS_MIN = 5;

interface Signal {
  readonly name: string;
  readonly unit: Unit;
  readonly more: 'better' | 'worse';
  /** NaN where there is too little to tell. */
  readonly of: (run: PageRun, from: number, to: number) => number;
}

const signals: readonly Signal[] = [
  {
    name: text.comparison.success,
    unit: 'share',
    more: 'better',
    of: (run, from, to) => {
      const parts = frontEdges(run).map(({ series }) => series);
      const good = sum(run, parts, numbers, 'succeeded', from, to);
      const answered = good + sum(run, parts, total, 'fallback', from, to);
      const lost = ['failed', 'rejected'].map((field) => sum(run, parts, total, field, from, to));
      return answered / (answered + lost[0]! + lost[1]!);
    },
  },
  {
    name: text.comparison.goodput,
    unit: 'perSecond',
    more: 'better',
    of: (run, from, to) => {
      const parts = frontEdges(run).map(({ series }) => series);
      const seconds = ((run.toMs[to - 1] ?? 0) - (run.toMs[from - 1] ?? 0)) / 1000;
      return sum(run, parts, numbers, 'succeeded', from, to) / seconds;
    },
  },
  { name: text.comparison.p50, unit: 'ms', more: 'worse', of: percentile(0.5) },
  { name: text.comparison.p99, unit: 'ms', more: 'worse', of: percentile(0.99) },
  {
    name: text.comparison.attempts,
    unit: 'number',
    more: 'worse',
    of: (run, from, to) => {
      const parts = edgesOf(run).map(({ series }) => series);
      const offered = sum(run, parts, numbers, 'offered', from, to);
      return sum(run, parts, numbers, 'attempts', from, to) / offered;
    },
  },
];

function percentile(quantile: number): Signal['of'] {
  return (run, from, to) => {
    const parts = frontEdges(run).map(({ series }) => series);
    return percentileIn(timesIn(parts, 'latency', from, to), quantile) ?? Number.NaN;
  };
}

function sum(
  run: PageRun,
  parts: readonly Series[],
  read: typeof numbers,
  field: string,
  from: number,
  to: number,
): number {
  let all = 0;
  for (const part of parts) {
    const values = read(run, part, field);
    for (let at = from; at < to; at++) all += values[at]!;
  }
  return all;
}

/** How two runs differ, signal by signal, in the part of them that both have. */
export function compared(one: PageRun, two: PageRun, span: Span): readonly Comparison[] {
  const toMs = Math.min(span.toMs, one.toMs.at(-1) ?? 0, two.toMs.at(-1) ?? 0);
  const { fromMs } = span;
  const step = (toMs - fromMs) / BATCHES;
  const batches = Array.from({ length: BATCHES }, (_, index): Span => {
    return { fromMs: fromMs + index * step, toMs: fromMs + (index + 1) * step };
  });
  return signals.map((signal) => {
    const valueIn = (run: PageRun, part: Span): number => signal.of(run, ...intervalsIn(run, part));
    const pairs = batches
      .map((batch) => valueIn(two, batch) - valueIn(one, batch))
      .filter((difference) => Number.isFinite(difference));
    const all = { fromMs, toMs };
    const [first, second] = [valueIn(one, all), valueIn(two, all)];
    return { name: signal.name, unit: signal.unit, first, second, ...judged(pairs, signal.more) };
  });
}

function judged(
  pairs: readonly number[],
  more: Signal['more'],
): Pick<Comparison, 'difference' | 'half' | 'verdict'> {
  if (pairs.length < PAIRS_MIN) {
    return { difference: Number.NaN, half: Number.NaN, verdict: 'unknown' };
  }
  const mean = pairs.reduce((all, each) => all + each, 0) / pairs.length;
  const squares = pairs.reduce((all, each) => all + (each - mean) ** 2, 0);
  const error = Math.sqrt(squares / (pairs.length - 1) / pairs.length);
  const half = error * STUDENT[pairs.length - PAIRS_MIN]!;
  if (Math.abs(mean) <= half || mean === 0) return { difference: mean, half, verdict: 'same' };
  const isBetter = mean > 0 === (more === 'better');
  return { difference: mean, half, verdict: isBetter ? 'better' : 'worse' };
}
