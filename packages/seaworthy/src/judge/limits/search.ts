import { exp, log, power } from '@seaworthy/policy/engine';

import { proportion } from './proportion.ts';
import type { Estimate } from '../../threshold/estimate.ts';
import { type Observation, type Posterior, posteriorOf } from '../../threshold/posterior.ts';

/** Where collapse becomes more likely than not. */
export type Threshold =
  /** Half of the runs collapse here. */
  | ({ readonly kind: 'found'; readonly runs: number } & Estimate)
  /** So do they somewhere between these, with a probability of 95 %: too far apart for one size. */
  | { readonly kind: 'between'; readonly low: number; readonly high: number; readonly runs: number }
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
  /** What is known before, from runs of their own. */
  readonly known: readonly Observation[];
}

/** Of the first round: from end to end, each once. */
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

/** The middle of an interval that is wider than this factor would pass for more than it is. */
const vague = 2;

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
  /** What came of the sizes that it asked for. */
  #own: readonly Observation[] = [];
  #posterior: Posterior | undefined;

  constructor(settings: SearchSettings) {
    this.#settings = settings;
    this.#posterior = this.#believed();
  }

  /** The curve that fits best; undefined before there is anything to fit. */
  get posterior(): Posterior | undefined {
    return this.#posterior;
  }

  add(observations: readonly Observation[]): void {
    this.replace([...this.#own, ...observations]);
  }

  /** Instead of all before: some of them do not count any more. */
  replace(observations: readonly Observation[]): void {
    this.#own = observations;
    this.#posterior = this.#believed();
  }

  /**
   * The sizes to run next, each with dice of its own. Empty: done, or to be asked again once it is
   * told of those under way.
   *
   * @param underWay how many were asked for before, and are not told yet
   */
  next(underWay = 0): readonly number[] {
    if (this.#own.length === 0) return underWay === 0 ? this.#sweep() : [];
    const posterior = this.#posterior;
    const asked = this.#own.length + underWay;
    if (posterior === undefined || asked >= this.#settings.runsMax) return [];
    if (this.#outside() !== undefined || this.#isSettled(posterior)) return [];
    return this.#round(posterior, asked);
  }

  get threshold(): Threshold {
    const runs = this.#all.length;
    const posterior = this.#posterior;
    if (posterior === undefined) return { kind: 'unknown', runs };
    const { least, most } = this.#settings;
    const side = this.#outside();
    if (side === 'above') return { kind: 'above', than: most, runs };
    if (side === 'below') return { kind: 'below', than: least, runs };
    const [low, high] = this.#interval(posterior);
    const isVague = low <= least || high >= most || high > low * vague;
    if (isVague) return { kind: 'between', low, high, runs };
    const { held, collapsed } = this.#reached;
    const at = Math.min(collapsed, Math.max(held, posterior.quantile(0.5)));
    return { kind: 'found', at, low, high, settled: this.#isSettled(posterior), runs };
  }

  /** 0 to 1: how near the end of the search is, for whoever waits. */
  get progress(): number {
    const posterior = this.#posterior;
    if (posterior === undefined) return 0;
    if (this.next().length === 0) return 1;
    const { runsMax, precision } = this.#settings;
    const runs = this.#own.length;
    // The width of an interval falls with the root of the runs.
    const needed = runs * (widthOf(this.#interval(posterior)) / (2 * precision)) ** 2;
    return runs / Math.min(runsMax, Math.max(runs + roundRuns, needed));
  }

  #sweep(): readonly number[] {
    const { from, to } = this.#settings;
    if (from === to) return Array.from({ length: edgeRuns }, () => from);
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
    if (this.#own.length < leastRuns || this.#outside() !== undefined) return false;
    return widthOf(this.#interval(posterior)) <= 2 * this.#settings.precision;
  }

  /**
   * In which it is with a probability of 95 %. What is believed ends where the range does: where no
   * run speaks against that end, the threshold may be there or beyond.
   */
  #interval(posterior: Posterior): readonly [low: number, high: number] {
    const { least, most } = this.#settings;
    const { top, bottom } = this.#ends;
    const { held, collapsed } = this.#reached;
    const low = posterior.quantile(0.025);
    const high = posterior.quantile(0.975);
    const isOpenBelow = low <= least * (1 + edge) && overHalf(bottom) > edgeDoubt;
    const isOpenAbove = high >= most * (1 - edge) && overHalf(top) < 1 - edgeDoubt;
    return [
      held === 0 || isOpenBelow ? least : Math.min(low, collapsed),
      collapsed === Infinity || isOpenAbove ? most : Math.max(high, held),
    ];
  }

  /**
   * The largest size that held and the smallest that collapsed, where runs fall apart cleanly: few
   * as they may be, nothing that is told speaks against them.
   */
  get #reached(): { readonly held: number; readonly collapsed: number } {
    let [held, collapsed] = [0, Infinity];
    for (const run of this.#all) {
      if (run.collapsed) collapsed = Math.min(collapsed, run.size);
      else held = Math.max(held, run.size);
    }
    if (held < collapsed) return { held, collapsed };
    const { least, most } = this.#settings;
    return { held: least, collapsed: most };
  }

  /** Whether the runs at one end of the range say that the threshold is beyond it. */
  #outside(): 'above' | 'below' | undefined {
    const { top, bottom } = this.#ends;
    if (overHalf(top) < edgeDoubt) return 'above';
    if (overHalf(bottom) > 1 - edgeDoubt) return 'below';
    return undefined;
  }

  /** The runs at either end of the range. */
  get #ends(): { readonly top: readonly Observation[]; readonly bottom: readonly Observation[] } {
    const { least, most } = this.#settings;
    return {
      top: this.#all.filter((each) => each.size >= most * (1 - edge)),
      bottom: this.#all.filter((each) => each.size <= least * (1 + edge)),
    };
  }

  get #all(): readonly Observation[] {
    return [...this.#settings.known, ...this.#own];
  }

  #believed(): Posterior | undefined {
    const { least, most } = this.#settings;
    const all = this.#all;
    return all.length === 0 ? undefined : posteriorOf(all, least, most);
  }
}

/** How likely it is that more than half of such runs collapse. */
function overHalf(runs: readonly Observation[]): number {
  if (runs.length < edgeRuns) return 0.5;
  return proportion(runs.filter(({ collapsed }) => collapsed).length, runs.length).overHalf;
}

/** Of the interval, as a share of the size. */
function widthOf([low, high]: readonly [low: number, high: number]): number {
  return log(high / low);
}

/** In four digits: what is run can be typed. */
function rounded(size: number): number {
  return Number(size.toPrecision(4));
}

/** The same threshold in another unit. */
export function scaled(threshold: Threshold, by: number): Threshold {
  if (threshold.kind === 'unknown') return threshold;
  if ('than' in threshold) return { ...threshold, than: threshold.than * by };
  const ends = { low: threshold.low * by, high: threshold.high * by };
  if (threshold.kind === 'between') return { ...threshold, ...ends };
  return { ...threshold, ...ends, at: threshold.at * by };
}

/** What comes back from collapse at a load that it does not carry is not stable there. */
export function notAbove(stable: Threshold, carried: Threshold): Threshold {
  if (stable.kind === 'unknown' || carried.kind === 'unknown' || carried.kind === 'above') {
    return stable;
  }
  if (carried.kind === 'below' || stable.kind === 'above') return carried;
  if (stable.kind === 'below') return stable;
  const most = carried.kind === 'found' ? carried.at : carried.high;
  if (stable.kind === 'found') return stable.at > most ? carried : stable;
  if (stable.low > most) return carried;
  return {
    ...stable,
    low: Math.min(stable.low, carried.low),
    high: Math.min(stable.high, carried.high),
  };
}
