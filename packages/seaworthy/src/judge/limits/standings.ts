import type { Model } from '../../model/model.ts';
import type { Interval } from '../../signals/run.ts';
import { type Standing, standingOf } from '../standing.ts';
import { roughShareText, valueText } from '../words.ts';
import {
  goodputShare,
  goodputText,
  healthOf,
  runOf,
  type Served,
  servedAtAll,
  servedTo,
} from './health.ts';

/** How a system is at one load, by many more answers than there are in 30 s. */
export interface Standings {
  /** The objectives that health is judged by; last that callers are served, where none says so. */
  readonly rules: readonly {
    readonly text: string;
    readonly fails: boolean;
    readonly observed: string;
  }[];
  /** How much of what is offered is served: to all, and by source. */
  readonly servedShare: number;
  readonly servedShares: readonly number[];
}

/** Chance decides what is near its limit: ten times the answers that a verdict needs. */
const enough = 10;
const leastSamples = 1000;

/** What has not had enough answers by then never will. */
const intervalsMax = 128;

/** Watches a system in peace until there is enough to judge every objective by. */
export class StandingsWatch {
  readonly #model: Model;
  readonly #intervals: Interval[] = [];
  #settled = false;
  /** All of it is read each time that there is twice as much. */
  #due = 4;

  constructor(model: Model) {
    this.#model = model;
  }

  /** The first interval is for settling. False once there is enough. */
  step(interval: Interval): boolean {
    if (this.#settled) this.#intervals.push(interval);
    this.#settled = true;
    if (this.#intervals.length < this.#due) return true;
    this.#due *= 2;
    if (this.#due > intervalsMax) return false;
    const { offered } = servedAtAll(this.#model, this.#intervals);
    return offered < leastSamples || !this.#judged().every(hasEnough);
  }

  get standings(): Standings {
    const { sources } = this.#model;
    const servedShare = shareOf(servedAtAll(this.#model, this.#intervals));
    const { goodput, objectives } = healthOf(this.#model);
    const served = {
      text: goodputText,
      fails: servedShare < goodputShare,
      observed: roughShareText(servedShare),
    };
    const rules = this.#judged().map(({ verdict, value }, index) => {
      const { text, measure } = objectives[index]!;
      const observed = Number.isNaN(value) ? 'not measured' : valueText(measure, value);
      return { text, fails: verdict === 'fails', observed };
    });
    return {
      rules: goodput ? [...rules, served] : rules,
      servedShare,
      servedShares: sources.map((source) => shareOf(servedTo(source, this.#intervals))),
    };
  }

  /** In the order of the objectives of health. */
  #judged(): readonly Standing[] {
    const run = runOf(this.#intervals);
    const span = { fromMs: 0, toMs: Infinity };
    return healthOf(this.#model).objectives.map((each) => standingOf(this.#model, run, each, span));
  }
}

function shareOf({ offered, served }: Served): number {
  return offered === 0 ? 1 : served / offered;
}

function hasEnough({ samples, needed }: Standing): boolean {
  return samples >= Math.max(enough * needed, leastSamples);
}
