import { exp, log } from '@seaworthy/policy/engine';

/** One run at a size, and whether it collapsed. */
export interface Observation {
  readonly size: number;
  readonly collapsed: boolean;
}

/** What the observations say about where collapse becomes more likely than not. */
export interface Posterior {
  /** The size at which half of the runs collapse: quantiles of what is believed about it. */
  readonly quantile: (share: number) => number;
  /** How gradual it is: from the middle to 73 % takes this factor of the size, as a logarithm. */
  readonly spread: number;
  /** P(collapse) at a size: the mean of what is believed. */
  readonly at: (size: number) => number;
}

/** Cells of the middle: in the end, and while only the part that matters is looked for. */
const middles = 120;
const middlesCoarse = 40;
/** Cells of the spread. */
const spreads = 10;

/** From a threshold as sharp as a knife to one that takes a factor of two to cross. */
const spreadLeast = 0.004;
const spreadMost = 0.7;

/** So few runs come out against all odds: one surprise must not outweigh the rest. */
const lapse = 0.02;

/** A finer grid is laid over the part in which all but this share lies. */
const outside = 1e-5;

/**
 * Logistic regression of collapse on the logarithm of the size, by Bayes on a grid of middle and
 * spread: every middle between `least` and `most` is as likely as any other before, on a
 * logarithmic scale, and so is every spread. What psychophysics calls the threshold of a
 * psychometric function (Kontsevich and Tyler 1999, "Bayesian adaptive estimation of psychometric
 * slope and threshold").
 */
export function posteriorOf(
  observations: readonly Observation[],
  least: number,
  most: number,
): Posterior {
  const groups = groupsOf(observations);
  let grid = gridOf(groups, log(least), log(most), middlesCoarse);
  // Finer each time, as long as there is something to leave out.
  for (const cells of [middlesCoarse, middles]) {
    const margin = 2 * grid.step;
    const from = Math.max(grid.from, quantileOf(grid, outside) - margin);
    const to = Math.min(grid.to, quantileOf(grid, 1 - outside) + margin);
    grid = gridOf(groups, from, to, cells);
  }
  return {
    quantile: (share) => exp(quantileOf(grid, share)),
    spread: meanSpread(grid),
    at: (size) => meanAt(grid, log(size)),
  };
}

interface Group {
  readonly x: number;
  readonly collapsed: number;
  readonly held: number;
}

function groupsOf(observations: readonly Observation[]): readonly Group[] {
  const groups = new Map<number, { x: number; collapsed: number; held: number }>();
  for (const { size, collapsed } of observations) {
    const group = groups.get(size) ?? { x: log(size), collapsed: 0, held: 0 };
    if (collapsed) group.collapsed++;
    else group.held++;
    groups.set(size, group);
  }
  return [...groups.values()];
}

interface Grid {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** By spread, then by middle. They sum to 1. */
  readonly weights: readonly Float64Array[];
}

const spreadGrid: readonly number[] = Array.from({ length: spreads }, (_, index) =>
  exp(log(spreadLeast) + (index / (spreads - 1)) * log(spreadMost / spreadLeast)),
);

function gridOf(groups: readonly Group[], from: number, to: number, cells: number): Grid {
  const step = (to - from) / cells;
  const weights = spreadGrid.map((spread) => {
    const sums = new Float64Array(cells);
    addLogLikelihoods(sums, groups, { from, step, spread });
    return sums;
  });
  let highest = -Infinity;
  for (const row of weights) for (const value of row) if (value > highest) highest = value;
  let total = 0;
  for (const row of weights) {
    for (const [index, value] of row.entries()) total += row[index] = exp(value - highest);
  }
  for (const row of weights) for (const [index, value] of row.entries()) row[index] = value / total;
  return { from, to, step, weights };
}

/** Of every middle. A search asks for it millions of times: one plain loop, no call in it. */
function addLogLikelihoods(
  sums: Float64Array,
  groups: readonly Group[],
  { from, step, spread }: { readonly from: number; readonly step: number; readonly spread: number },
): void {
  const cellsOfStep = step / spread / fine;
  for (const { x, collapsed, held } of groups) {
    const first = ((x - from) / spread + tableEnd) / fine - 0.5 * cellsOfStep;
    for (let index = 0; index < sums.length; index++) {
      const place = Math.min(tableCells, Math.max(0, first - index * cellsOfStep));
      const cell = Math.min(tableCells - 1, Math.floor(place));
      const along = place - cell;
      // What holds at a size is as likely as what collapses as far on the other side.
      const mirrored = tableCells - cell;
      sums[index]! +=
        collapsed * (logCurve[cell]! + along * (logCurve[cell + 1]! - logCurve[cell]!)) +
        held * (logCurve[mirrored]! + along * (logCurve[mirrored - 1]! - logCurve[mirrored]!));
    }
  }
}

/**
 * The logarithm of the curve, at hundredths of a spread.
 * Beyond 12 spreads on either side the curve is as good as flat.
 */
const tableEnd = 12;
const fine = 0.01;
const tableCells = Math.round((2 * tableEnd) / fine);
const logCurve = Float64Array.from({ length: tableCells + 1 }, (_, index) =>
  log(lapse + (1 - 2 * lapse) * logistic(index * fine - tableEnd)),
);

function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}

function quantileOf({ from, to, step, weights }: Grid, share: number): number {
  let left = share;
  for (let index = 0; index < weights[0]!.length; index++) {
    let weight = 0;
    for (const row of weights) weight += row[index] ?? 0;
    if (weight >= left && weight > 0) return from + (index + left / weight) * step;
    left -= weight;
  }
  return to;
}

function meanSpread({ weights }: Grid): number {
  let sum = 0;
  for (const [index, row] of weights.entries()) {
    const weight = row.reduce((all, each) => all + each, 0);
    sum += weight * log(spreadGrid[index] ?? spreadLeast);
  }
  return exp(sum);
}

function meanAt({ from, step, weights }: Grid, x: number): number {
  let sum = 0;
  for (const [index, row] of weights.entries()) {
    const spread = spreadGrid[index] ?? spreadLeast;
    for (const [cell, weight] of row.entries()) {
      if (weight > 1e-9) sum += weight * logistic((x - from - (cell + 0.5) * step) / spread);
    }
  }
  return sum;
}
