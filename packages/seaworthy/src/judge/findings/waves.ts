import type { EdgeSample } from '../../signals/run.ts';
import { median } from '../statistics.ts';
import type { Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/** A few seconds in which something happens far more often than around them. */
export interface Wave extends Stretch {
  readonly atMs: number;
  /** How often it happened, and how often it does between the waves in as long a time. */
  readonly count: number;
  readonly between: number;
  /** The most in a tenth of a second. */
  readonly peak: number;
}

/** Less is no load, however sudden. */
const atLeast = 20;

/** So many times as often as usual. */
const above = 5;

/**
 * Recomputations or retries on an edge that come in waves: what goes on for longer than `longestMs`
 * is none. Needs intervals of a second or two.
 */
export function wavesOf(
  view: RunView,
  edge: number,
  what: 'recomputed' | 'retries',
  longestMs: number,
): readonly Wave[] {
  const counts = view.steps.map((step) => sum(step.intervals, edge, (it) => countOf(it, what)));
  const usual = median(counts);
  const waves: Wave[] = [];
  let from: number | undefined;
  const close = (to: number): void => {
    if (from === undefined) return;
    const lengthMs = view.steps[to - 1]!.toMs - view.steps[from]!.fromMs;
    const wave = waveOf(view, edge, what, { from, to }, counts, usual);
    if (wave !== undefined && lengthMs <= longestMs) waves.push(wave);
    from = undefined;
  };
  counts.forEach((count, step) => {
    if (count >= Math.max(atLeast, above * usual)) from ??= step;
    else close(step);
  });
  close(counts.length);
  return waves;
}

function waveOf(
  view: RunView,
  edge: number,
  what: 'recomputed' | 'retries',
  stretch: Stretch,
  counts: readonly number[],
  usual: number,
): Wave | undefined {
  const { from, to } = stretch;
  const inWave = counts.slice(from, to);
  const count = inWave.reduce((all, one) => all + one, 0);
  // Where most of them are: a wave may begin at the end of a second.
  const top = from + inWave.indexOf(Math.max(...inWave));
  const intervals = view.steps.slice(from, to).flatMap((step) => step.intervals);
  const peaks = intervals.map((interval) => {
    const sample = interval.edges[edge]!;
    return what === 'retries' ? sample.retriesPeak : sample.recomputesPeak;
  });
  const peak = Math.max(...peaks);
  // A second of steady retries is no wave: in a wave, most come within tenths of a second.
  if (what === 'retries' && peak < Math.max(...inWave) / 3) return undefined;
  const between = usual * (to - from);
  return { from, to, atMs: view.steps[top]!.fromMs, count, between, peak };
}

function countOf(sample: EdgeSample, what: 'recomputed' | 'retries'): number {
  return what === 'retries' ? sample.retries : (sample.cache['recomputed'] ?? 0);
}

function sum(
  intervals: RunView['steps'][number]['intervals'],
  edge: number,
  count: (sample: EdgeSample) => number,
): number {
  return intervals.reduce((all, interval) => all + count(interval.edges[edge]!), 0);
}
