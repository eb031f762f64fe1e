import { exp, log, power } from '@seaworthy/policy/engine';

import { proportion } from './proportion.ts';
import type { Estimate } from '../../threshold/estimate.ts';
import { type Observation, type Posterior, posteriorOf } from '../../threshold/posterior.ts';

/** Where collapse becomes more likely than not. */
export type Threshold =
  /** Half of the runs collapse here. */
  | ({ readonly kind: 'found'; readonly runs: number } & Estimate)
  /** Less than half of the runs collapse, up to this size. */
  | { readonly kind: 'above'; readonly than: number; readonly runs: number }
  /** More than half do, down to this size. */
  | { readonly kind: 'below'; readonly than: number; readonly runs: number }
  /** Stopped before anything was known. */
  | { readonly kind: 'unknown'; readonly runs: number };

export interface SearchSettings {
  /** Where to look first. */
  readonly from: number;
  readonly to: number;
  /** No size below or above these makes sense. */
  readonly least: number;
  readonly most: number;
  /** Half the width of the interval to come to, as a share of the threshold: 0.02 is ± 2 %. */
  readonly precision: number;
  /** Give up sharpening after so many. */
  readonly runsMax: number;
}

/** Of the first round: from end to end, each once, with the same dice. */
const sweepPoints = 8;

/**
 * Of every later round: half of the places that tell most, and the other half in the next. The same
 * whatever the number of cores, so that the answer is the same.
 */
const roundRuns = 3;

/** So near to an end of the range is at it. */
const edge = 0.02;

/**
 * An interval that is looked at after every round is sharp enough by luck sooner or later: before
 * so many runs, that says nothing.
 */
const leastRuns = sweepPoints + 8 * roundRuns;

/** At the end of the range, so little doubt says that it is outside. Five runs can. */
const edgeDoubt = 0.025;
const edgeRuns = 5;

/**
 * Where the next runs tell most about the middle of a logistic curve: where it may lie, and 1.5
 * spreads on either side, from 18 % to 82 % (the D-optimal design for two parameters).
 */
const outOfMiddle = 1.5;

/**
 * Finds the size at which half of the runs collapse, from independent runs, by sequential
 * replication. It says which sizes to run next and is told what came of them; it runs nothing.
 */
export class ThresholdSearch {
  readonly #settings: SearchSettings;
  #observations: readonly Observation[] = [];
  #posterior: Posterior | undefined = undefined;

  constructor(settings: SearchSettings) {
    this.#settings = settings;
  }

  get observations(): readonly Observation[] {
    return this.#observations;
  }

  /** The curve that fits best; undefined before there is anything to fit. */
  get posterior(): Posterior | undefined {
    return this.#posterior;
  }

  add(observations: readonly Observation[]): void {
    this.replace([...this.#observations, ...observations]);
  }

  /** Instead of all before: some of them do not count any more. */
  replace(observations: readonly Observation[]): void {
    this.#observations = observations;
    const { least, most } = this.#settings;
    this.#posterior =
      observations.length === 0 ? undefined : posteriorOf(observations, least, most);
  }

  /**
   * The sizes to run next, each with dice of its own but in the first round. Empty: done.
   *
   * @param underWay how many were asked for before, and are not told yet
   */
  next(underWay = 0): readonly number[] {
    const posterior = this.#posterior;
    if (posterior === undefined) return this.#sweep();
    const { runsMax } = this.#settings;
    const asked = this.#observations.length + underWay;
    if (asked >= runsMax || this.#isSettled(posterior)) return [];
    const side = this.#outside();
    if (side !== undefined) return [];
    return this.#round(posterior, asked);
  }

  get threshold(): Threshold {
    const runs = this.#observations.length;
    const posterior = this.#posterior;
    if (posterior === undefined) return { kind: 'unknown', runs };
    const { least, most } = this.#settings;
    const side = this.#outside();
    if (side === 'above') return { kind: 'above', than: most, runs };
    if (side === 'below') return { kind: 'below', than: least, runs };
    return {
      kind: 'found',
      at: posterior.quantile(0.5),
      low: posterior.quantile(0.025),
      high: posterior.quantile(0.975),
      settled: this.#isSettled(posterior),
      runs,
    };
  }

  /** 0 to 1: how near the end of the search is, for whoever waits. */
  get progress(): number {
    const posterior = this.#posterior;
    if (posterior === undefined) return 0;
    if (this.next().length === 0) return 1;
    const { runsMax, precision } = this.#settings;
    const runs = this.#observations.length;
    // The width of an interval falls with the root of the runs.
    const needed = runs * (widthOf(posterior) / (2 * precision)) ** 2;
    return runs / Math.min(runsMax, Math.max(runs + roundRuns, needed));
  }

  #sweep(): readonly number[] {
    const { from, to } = this.#settings;
    const ratio = to / from;
    return Array.from({ length: sweepPoints }, (_, index) =>
      rounded(from * power(ratio, index / (sweepPoints - 1))),
    );
  }

  #round(posterior: Posterior, asked: number): readonly number[] {
    const { least, most } = this.#settings;
    const aside = outOfMiddle * posterior.spread;
    const isOdd = Math.floor(asked / roundRuns) % 2 === 1;
    const shares = isOdd ? [0.35, 0.9] : [0.1, 0.65];
    const sizes = shares.map((share) => posterior.quantile(share));
    sizes.push(posterior.quantile(0.5) * exp(isOdd ? -aside : aside));
    return sizes.map((size) => rounded(Math.min(most, Math.max(least, size))));
  }

  #isSettled(posterior: Posterior): boolean {
    if (this.#observations.length < leastRuns) return false;
    if (this.#outside() !== undefined) return false;
    const { least, most, precision } = this.#settings;
    // An interval that ends where the range does is cut off, not sharp.
    const isWithin =
      posterior.quantile(0.975) < most * (1 - edge) &&
      posterior.quantile(0.025) > least * (1 + edge);
    return isWithin && widthOf(posterior) <= 2 * precision;
  }

  /** Whether the runs at one end of the range say that the threshold is beyond it. */
  #outside(): 'above' | 'below' | undefined {
    const { least, most } = this.#settings;
    const top = this.#observations.filter((each) => each.size >= most * (1 - edge));
    const bottom = this.#observations.filter((each) => each.size <= least * (1 + edge));
    if (overHalf(top) < edgeDoubt) return 'above';
    if (overHalf(bottom) > 1 - edgeDoubt) return 'below';
    return undefined;
  }
}

/** How likely it is that more than half of such runs collapse. */
function overHalf(runs: readonly Observation[]): number {
  if (runs.length < edgeRuns) return 0.5;
  return proportion(runs.filter(({ collapsed }) => collapsed).length, runs.length).overHalf;
}

/** Of the interval, as a share of the size. */
function widthOf(posterior: Posterior): number {
  return log(posterior.quantile(0.975) / posterior.quantile(0.025));
}

/** In four digits: what is run can be typed. */
function rounded(size: number): number {
  return Number(size.toPrecision(4));
}

/** The same threshold in another unit. */
export function scaled(threshold: Threshold, by: number): Threshold {
  if (threshold.kind === 'unknown') return threshold;
  if (threshold.kind !== 'found') return { ...threshold, than: threshold.than * by };
  const { at, low, high } = threshold;
  return { ...threshold, at: at * by, low: low * by, high: high * by };
}
