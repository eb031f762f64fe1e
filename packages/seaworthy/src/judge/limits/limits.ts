import type { Model, Scenario } from '../../model/model.ts';
import { settleMs } from '../../model/settle.ts';
import { type Brackets, bracketsOf, narrowed, type Range } from './bracket.ts';
import { Campaign, type Told } from './campaign.ts';
import { type FailingObjective, leaveOutFailing } from './failing.ts';
import { loadAxis } from './load.ts';
import { leastLoad, type Loop, mostLoad } from './loop.ts';
import { notesOf } from './notes.ts';
import type { Probing } from './pool.ts';
import type { Proportion } from './proportion.ts';
import type { Limits, StateResult } from './result.ts';
import { notAbove, scaled, type Threshold } from './search.ts';
import { isOverloaded, repeat, runsBehind, stateOf } from './state.ts';
import { type FoundThreshold, findThreshold } from './threshold.ts';
import { type FoundTrigger, skippedTrigger, triggerCurve } from './trigger-curve.ts';
import type { SizeKind } from './trigger.ts';

export interface LimitsOptions {
  /** The source to turn up and down; undefined: all of them together. */
  readonly source: number | undefined;
  /** The triggers to grow; undefined in the list is a burst. */
  readonly scenarios: readonly (Scenario | undefined)[];
  readonly size: SizeKind;
  /** Half the width of the intervals of loads to come to, as a share: 0.02 is ± 2 %. */
  readonly precision: number;
  readonly seed: number;
  /**
   * About how many requests may be simulated, so that a large system takes no longer than this; a
   * limit that is not sharp by then is told with the interval that it has.
   */
  readonly requestsMax: number;
}

/** About how much of the work each part is. */
const weights = { loop: 1, state: 1, upper: 2, lower: 3, trigger: 3 } as const;

/** Of the parts: which seeds each has. Every trigger has a place of its own, from the last on. */
const places = { loop: 0, cold: 1, upper: 2, lower: 3, hot: 4, trigger: 5 } as const;

/** Sharper than loads are known by; a run of a minute or two gets there. */
export const defaultPrecision = 0.02;

/** With ± 2 %; half the width takes four times as many. */
const runsAtTwoPercent = 60;

/** A system starts empty: it is given this long before it is watched. */
const startMs = 10_000;

/**
 * Up to which load a system is stable and vulnerable, how large a trigger has to be to tip it, and
 * which of these states its load is in. Answers with what is known when the probing is interrupted.
 */
export async function findLimits(
  model: Model,
  options: LimitsOptions,
  probing: Probing,
  tell: (told: Told) => void,
): Promise<Limits> {
  const axis = loadAxis(model, options.source);
  const { loop, state, upper, lower, trigger } = weights;
  const weight = loop + 2 * state + upper + lower + trigger * options.scenarios.length;
  const horizonMs = settleMs(model);
  const given = { model, axis, seed: options.seed, horizonMs, weight };
  const campaign = new Campaign(given, probing, tell);
  const perWeight = options.requestsMax / weight;
  const first = new Explorer(campaign, options.precision, perWeight);
  const failing = await first.failing();
  // The loop is one long run, beside which there is a place for what does not need it.
  const cold = first.cold();
  const [walk, triggers] = await Promise.all([
    first.fromLoop(cold),
    cold.then((it) => first.triggers(it, options)),
  ]);
  const judged = stateOf(await cold, walk.hot);
  return put(campaign, options, { failing, judged, ...walk, triggers });
}

/** The parts of the campaign: each says how it asks. */
class Explorer {
  readonly #campaign: Campaign;
  readonly #precision: number;
  readonly #requestsPerWeight: number;
  readonly #settleMs: number;

  constructor(campaign: Campaign, precision: number, requestsPerWeight: number) {
    this.#campaign = campaign;
    this.#precision = precision;
    this.#requestsPerWeight = requestsPerWeight;
    this.#settleMs = Math.max(startMs, campaign.model.run.warmUpMs);
  }

  failing(): Promise<readonly FailingObjective[]> {
    return leaveOutFailing(this.#campaign, this.#settleMs);
  }

  /** What is looked for around where one run broke, and came back. */
  async fromLoop(start: Promise<Proportion>) {
    const [walked, cold] = await Promise.all([this.loop(), start]);
    const brackets = bracketsOf(walked.points);
    const hot = this.hot(brackets);
    const [vulnerable, stable] = await Promise.all([
      this.upper(brackets, cold),
      hot.then((it) => this.lower(brackets, it)),
    ]);
    return { walked, vulnerable, stable, hot: await hot };
  }

  async loop(): Promise<Loop> {
    const { sources } = this.#campaign.axis;
    const part = this.#campaign.part('up and down, in one run', places.loop, weights.loop);
    const requestsMax = weights.loop * this.#requestsPerWeight;
    const question = { kind: 'loop', sources, settleMs: this.#settleMs, requestsMax } as const;
    const [result] = await part.ask([1], (load) => [this.#campaign.at(load), question] as const);
    part.advance(1);
    return result?.[1].loop ?? { points: [], utilisation: undefined, unjudged: [] };
  }

  cold() {
    const part = this.#campaign.part('this load, from an empty start', places.cold, weights.state);
    return repeat(part, [this.#campaign.at(1), { kind: 'cold', settleMs: this.#settleMs }]);
  }

  hot({ overload }: Brackets) {
    const { sources } = this.#campaign.axis;
    const part = this.#campaign.part('this load, after a collapse', places.hot, weights.state);
    return repeat(part, [this.#campaign.at(1), { kind: 'hot', sources, overload }]);
  }

  upper({ upper }: Brackets, cold: Proportion): Promise<FoundThreshold> {
    const part = this.#campaign.part('where it collapses by itself', places.upper, weights.upper);
    const question = { kind: 'cold', settleMs: this.#settleMs } as const;
    return this.#threshold(part, upper, cold, (load) => [this.#campaign.at(load), question]);
  }

  lower({ lower, overload }: Brackets, hot: Proportion): Promise<FoundThreshold> {
    const { sources } = this.#campaign.axis;
    const part = this.#campaign.part(
      'where it comes back from collapse',
      places.lower,
      weights.lower,
    );
    return this.#threshold(part, lower, hot, (load) => [
      this.#campaign.at(load),
      { kind: 'hot', sources, overload: Math.max(overload / load, 1) },
    ]);
  }

  async triggers(cold: Proportion, options: LimitsOptions): Promise<readonly FoundTrigger[]> {
    const { scenarios, size } = options;
    if (isOverloaded(cold)) {
      return scenarios.map((scenario) => ({
        result: skippedTrigger(scenario?.name ?? 'burst', size, 'it collapses without a trigger'),
        found: undefined,
      }));
    }
    return Promise.all(
      scenarios.map((scenario, index) =>
        triggerCurve(this.#campaign, scenario, size, {
          place: places.trigger + index,
          weight: weights.trigger,
          requestsMax: weights.trigger * this.#requestsPerWeight,
        }),
      ),
    );
  }

  #threshold(
    part: Parameters<typeof findThreshold>[0],
    range: Range,
    given: Proportion,
    of: Parameters<typeof findThreshold>[1]['of'],
  ): Promise<FoundThreshold> {
    const precision = this.#precision;
    const runsMax = Math.ceil(runsAtTwoPercent * Math.max(1, 0.02 / precision) ** 2);
    const ends = { ...narrowed(range, given), least: leastLoad, most: mostLoad };
    // What was run at the load of the file has answered the same question.
    const settings = { ...ends, precision, runsMax, known: runsBehind(given) };
    const { horizonMs } = this.#campaign;
    const requestsMax = part.weight * this.#requestsPerWeight;
    const search = { settings, horizonMs, of, requestsMax, beyond: [], also: undefined };
    return findThreshold(part, search);
  }
}

interface Parts {
  readonly failing: readonly FailingObjective[];
  readonly walked: Loop;
  readonly judged: StateResult;
  readonly vulnerable: FoundThreshold;
  readonly stable: FoundThreshold;
  readonly triggers: readonly FoundTrigger[];
}

function put(campaign: Campaign, options: LimitsOptions, parts: Parts): Limits {
  const { model, axis } = campaign;
  const { failing, walked, judged, vulnerable, stable, triggers } = parts;
  const vulnerableUpTo = scaled(vulnerable.threshold, axis.given);
  const stableUpTo = notAbove(scaled(stable.threshold, axis.given), vulnerableUpTo);
  return {
    schema: 1,
    model: { name: model.name, environment: model.environment },
    load: {
      unit: axis.unit,
      given: axis.given,
      sources: axis.sources.flatMap((index) => model.sources[index]?.name ?? []),
    },
    failing,
    state: judged,
    stableUpTo,
    vulnerableUpTo,
    headroom: ratio(stableUpTo, { kind: 'found', at: axis.given }),
    fragility: ratio(vulnerableUpTo, stableUpTo),
    loop: walked.points.map((point) => ({ ...point, load: point.load * axis.given })),
    triggers: triggers.map((each) => each.result),
    notes: notesOf(parts, axis),
    horizonMs: campaign.horizonMs,
    seed: options.seed,
    runs: campaign.runs,
    requests: campaign.requests,
    simulatedMs: campaign.simulatedMs,
    status: campaign.interrupted ? 'interrupted' : 'complete',
  };
}

type Found = Pick<Extract<Threshold, { readonly kind: 'found' }>, 'kind' | 'at'>;

function ratio(of: Threshold, to: Threshold | Found): number | undefined {
  return of.kind === 'found' && to.kind === 'found' ? of.at / to.at : undefined;
}
