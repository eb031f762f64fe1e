import type { Model } from '../../model/model.ts';
import type { Part } from './campaign.ts';
import { nonMonotone, type NonMonotone, type Slowing, slowingDown, type Trial } from './guards.ts';
import type { Posterior } from '../../threshold/posterior.ts';
import type { Question } from './probe.ts';
import { type SearchSettings, type Threshold, ThresholdSearch } from './search.ts';

/** Where recovery slows down, runs get this many times the horizon. */
const longer = 3;

/** What a search found, and what makes one doubt it. */
export interface FoundThreshold {
  readonly threshold: Threshold;
  readonly trials: readonly Trial[];
  readonly posterior: Posterior | undefined;
  /** The horizon that it was judged by in the end. */
  readonly horizonMs: number;
  readonly slowing: Slowing | undefined;
  readonly nonMonotone: NonMonotone | undefined;
}

export interface Search {
  readonly settings: SearchSettings;
  readonly horizonMs: number;
  readonly of: (size: number) => readonly [Model, Question];
  /** Sizes to look at as well, once the threshold is known: how it goes on beyond it. */
  readonly beyond: readonly number[];
  /** Sharpening ends when so many requests have been simulated for it: a bound on the time. */
  readonly requestsMax: number;
  /** Looked at from the start, so many times. */
  readonly also: { readonly size: number; readonly times: number } | undefined;
}

/** Runs that are chosen together. */
interface Round {
  readonly count: number;
  readonly results: ReturnType<typeof Part.prototype.ask<number>>;
}

/** Runs what a search asks for until it is done. */
export async function findThreshold(part: Part, search: Search): Promise<FoundThreshold> {
  const { settings, beyond, also } = search;
  const state = new ThresholdSearch(settings);
  let { horizonMs } = search;
  let trials: readonly Trial[] = [];
  let requests = 0;
  const ask = (sizes: readonly number[]): Round => ({
    count: sizes.length,
    results: part.ask(sizes, search.of, horizonMs),
  });
  /** False: stopped before all were run. */
  const take = async (round: Round): Promise<boolean> => {
    const results = await round.results;
    const more = results.flatMap(([size, { ending }]) =>
      ending === undefined ? [] : [{ size, collapsed: ending.collapsed, ending }],
    );
    for (const [, result] of results) requests += result.requests;
    trials = [...trials, ...more];
    state.add(more);
    part.advance(0.95 * state.progress);
    return results.length === round.count;
  };
  const finish = async (): Promise<boolean> => {
    // While the runs of one round are under way, the next is chosen by those before it: no core
    // waits for the slowest of a round. They are taken in their order, so that which is faster
    // changes nothing.
    let underWay: Round | undefined;
    for (;;) {
      const sizes = requests >= search.requestsMax ? [] : state.next(underWay?.count);
      const following = sizes.length === 0 ? undefined : ask(sizes);
      if (underWay !== undefined && !(await take(underWay))) return false;
      if (underWay === undefined && following === undefined) return true;
      underWay = following;
    }
  };
  let whole = await finish();
  const slowing = slowingDown(trials);
  const late = trials.filter((trial) => trial.collapsed && trial.ending.because === 'horizon');
  if (whole && slowing !== undefined && late.length > 0) {
    // They may only have been slow, too.
    horizonMs *= longer;
    trials = trials.filter((trial) => !late.includes(trial));
    state.replace(trials);
    whole = await finish();
    if (requests >= search.requestsMax) {
      // What was left out has not been made up for: without it, little more than what held is left.
      horizonMs = search.horizonMs;
      trials = [...trials, ...late];
      state.replace(trials);
    }
  }
  if (whole && also !== undefined) {
    whole = await take(ask(Array.from({ length: also.times }, () => also.size)));
  }
  const { threshold } = state;
  if (whole && threshold.kind === 'found' && requests < search.requestsMax) {
    const sizes = beyond.map((times) => threshold.at * times).filter((it) => it <= settings.most);
    await take(ask(sizes.flatMap((size) => [size, size, size, size])));
  }
  part.advance(1);
  return {
    threshold: state.threshold,
    trials,
    posterior: state.posterior,
    horizonMs,
    slowing: slowing ?? slowingDown(trials),
    nonMonotone: nonMonotone(trials),
  };
}
