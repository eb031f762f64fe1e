import { median } from '../statistics.ts';
import type { Ending } from './ending.ts';
import type { Observation } from '../../threshold/posterior.ts';

/** One run at a size, with what became of it. */
export interface Trial extends Observation {
  readonly ending: Ending;
}

/** Runs of similar size, put together. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly trials: readonly Trial[];
}

/** In a bin of fewer, one run would decide. */
const binRuns = 6;

/** One comparison of two bins is wrong once in two hundred. */
const doubt = 0.005;

/** Recovery that takes three times as long as at the size before is critical slowing down. */
const slowingFactor = 3;

/** Up to this, three times as long is still at once. */
const quickMs = 20_000;

/** Larger sizes that collapse less often than smaller ones, by more than chance does. */
export interface NonMonotone {
  readonly smaller: { readonly size: number; readonly collapsed: number; readonly of: number };
  readonly larger: { readonly size: number; readonly collapsed: number; readonly of: number };
}

/** Undefined: what one expects, a larger size is no safer. */
export function nonMonotone(trials: readonly Trial[]): NonMonotone | undefined {
  const bins = binsOf(trials);
  const pairs = (bins.length * (bins.length - 1)) / 2;
  for (const [index, low] of bins.entries()) {
    for (const high of bins.slice(index + 1)) {
      const a = collapsedOf(low);
      const b = collapsedOf(high);
      if (a / low.trials.length <= b / high.trials.length) continue;
      const p = atMostByChance(b, high.trials.length, a, low.trials.length);
      if (p > doubt / Math.max(1, pairs / bins.length)) continue;
      return {
        smaller: { size: middleOf(low), collapsed: a, of: low.trials.length },
        larger: { size: middleOf(high), collapsed: b, of: high.trials.length },
      };
    }
  }
  return undefined;
}

/** Where recovery suddenly takes much longer than at the sizes before. */
export interface Slowing {
  readonly size: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Undefined: it does not, or too few came back to tell. */
export function slowingDown(trials: readonly Trial[]): Slowing | undefined {
  const back = trials.filter((trial) => trial.ending.recoveredAfterMs !== undefined);
  let before: number | undefined;
  for (const bin of binsOf(back)) {
    const times = bin.trials.map((trial) => trial.ending.recoveredAfterMs ?? 0);
    const typicalMs = Math.max(quickMs, median(times));
    if (before !== undefined && typicalMs > slowingFactor * before) {
      return { size: middleOf(bin), fromMs: before, toMs: typicalMs };
    }
    before = typicalMs;
  }
  return undefined;
}

function binsOf(trials: readonly Trial[]): readonly Bin[] {
  const sorted = trials.toSorted((a, b) => a.size - b.size);
  const count = Math.max(1, Math.floor(sorted.length / binRuns));
  const bins: Bin[] = [];
  for (let index = 0; index < count; index++) {
    const part = sorted.slice(
      Math.floor((index * sorted.length) / count),
      Math.floor(((index + 1) * sorted.length) / count),
    );
    const [first] = part;
    const last = part.at(-1);
    if (first !== undefined && last !== undefined && part.length >= binRuns) {
      bins.push({ from: first.size, to: last.size, trials: part });
    }
  }
  return bins;
}

function collapsedOf(bin: Bin): number {
  return bin.trials.filter((trial) => trial.collapsed).length;
}

function middleOf({ from, to }: Bin): number {
  return Math.sqrt(from * to);
}

/**
 * Fisher's exact test, one side: with a and b of their n collapsed, how likely it is that at most b
 * of all that collapsed fall to the second, if both collapse as often.
 */
function atMostByChance(b: number, bOf: number, a: number, aOf: number): number {
  const all = a + b;
  let sum = 0;
  for (let k = Math.max(0, all - aOf); k <= b; k++) {
    sum += (choose(bOf, k) * choose(aOf, all - k)) / choose(aOf + bOf, all);
  }
  return sum;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let index = 1; index <= k; index++) product *= (n - k + index) / index;
  return product;
}
