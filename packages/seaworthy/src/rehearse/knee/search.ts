import { log } from '@seaworthy/policy/engine';

import type { Estimate } from '../../threshold/estimate.ts';
import { type Posterior, posteriorOf } from '../../threshold/posterior.ts';

/** Up to which load a system keeps up with what arrives. */
export type Knee =
  /** Half of the steps are overloaded at so many tasks per second. */
  | ({ readonly kind: 'found' } & Estimate)
  /** It keeps up with this: the limit that was set, or the most that the generator could send. */
  | { readonly kind: 'above'; readonly than: number; readonly because: 'limit' | 'generator' }
  /** It does not keep up with the first, gentle step. */
  | { readonly kind: 'below'; readonly than: number }
  /** The generator was late at the first step already: nothing is known of the target. */
  | { readonly kind: 'unknown' };

/** What came of a step. `strained`: it keeps up, and answers take longer. */
export type StepOutcome = 'held' | 'strained' | 'overloaded' | 'generator late';

export interface KneeStep {
  readonly ratePerSecond: number;
  readonly outcome: StepOutcome;
}

export interface KneeSettings {
  /** The first step, and the last that is allowed; tasks per second. */
  readonly from: number;
  readonly most: number;
  /** Half the width of the interval to come to, as a share of the knee: 0.05 is ± 5 %. */
  readonly precision: number;
  /** Steps around the knee, after the climb. */
  readonly sharpenMax: number;
}

/** Up by this where the system has not noticed the load yet, and by that where it has. */
const stride = 2;
const carefulStride = 1.25;

/** One step may be overloaded by a hiccup, or hold by luck: two of three decide. */
const votesNeeded = 2;

/** A busy machine delays the generator now and then; one that always is late can send no more. */
const lateMost = 3;

/** An interval that is looked at after every step is sharp enough by luck sooner or later. */
const sharpenLeast = 8;

/** The knee may lie beyond the steps between which the climb has put it, by as much. */
const margin = 1.3;

/** After so many steps, so little belief in a knee within the climb is doubt in the climb. */
const doubtAfter = 4;
const doubt = 0.3;

/** Where the next steps tell most, as quantiles of what is believed about the knee. */
const probes = [0.5, 0.15, 0.85, 0.3, 0.7];

/**
 * Finds the knee of a system from steps of steady load: climbs with care until it is overloaded,
 * and then repeats steps around there until the interval is narrow. It says which step to take next
 * and is told what came of it; it takes none itself. No single step decides anything.
 */
export class KneeSearch {
  readonly #settings: KneeSettings;
  readonly #steps: KneeStep[] = [];
  /** The rate of the climb, and how often it held and was overloaded there. */
  #rate: number;
  #held = 0;
  #overloaded = 0;
  #late = 0;
  /** The highest rate of the climb that was carried. */
  #carried: number | undefined;
  /** Where the climb ended. */
  #ceiling: number | undefined;
  #ended: Knee | undefined;
  #sharpened = 0;
  #believed: { after: number; posterior?: Posterior } = { after: -1 };

  constructor(settings: KneeSettings) {
    this.#settings = settings;
    this.#rate = Math.min(settings.from, settings.most);
  }

  get steps(): readonly KneeStep[] {
    return this.#steps;
  }

  /** It has not been overloaded yet. */
  get climbs(): boolean {
    return this.#ceiling === undefined;
  }

  /** The load of the next step, in tasks per second. Undefined: done. */
  next(): number | undefined {
    if (this.#ended !== undefined) return undefined;
    if (this.#ceiling === undefined) return rounded(this.#rate);
    const posterior = this.#posterior();
    if (this.#sharpened >= this.#settings.sharpenMax || this.#isSettled(posterior))
      return undefined;
    const share = probes[this.#sharpened % probes.length] ?? 0.5;
    // Never beyond what the climb has dared.
    return rounded(Math.min(this.#ceiling, posterior.quantile(share)));
  }

  add(step: KneeStep): void {
    this.#steps.push(step);
    if (this.#ceiling === undefined) this.#climb(step.outcome);
    else this.#sharpen(this.#ceiling);
  }

  get knee(): Knee {
    if (this.#ended !== undefined) return this.#ended;
    const posterior = this.#posterior();
    return {
      kind: 'found',
      at: posterior.quantile(0.5),
      low: posterior.quantile(0.025),
      high: posterior.quantile(0.975),
      settled: this.#isSettled(posterior),
    };
  }

  #climb(outcome: StepOutcome): void {
    if (outcome === 'generator late') {
      if (++this.#late >= lateMost) this.#endLate();
      return;
    }
    if (outcome === 'overloaded') this.#overloaded++;
    else this.#held++;
    // The first time, a step that holds is enough: the next one is a harder test of the same.
    const holds = this.#held >= (this.#overloaded === 0 ? 1 : votesNeeded);
    if (holds) this.#goUp(outcome);
    else if (this.#overloaded >= votesNeeded) this.#endClimb();
  }

  #goUp(outcome: StepOutcome): void {
    const { most } = this.#settings;
    this.#carried = this.#rate;
    if (this.#rate >= most) {
      this.#ended = { kind: 'above', than: most, because: 'limit' };
      return;
    }
    const isEasy = outcome === 'held' && this.#overloaded === 0;
    this.#rate = Math.min(most, this.#rate * (isEasy ? stride : carefulStride));
    this.#held = 0;
    this.#overloaded = 0;
    this.#late = 0;
  }

  #endLate(): void {
    this.#ended =
      this.#carried === undefined
        ? { kind: 'unknown' }
        : { kind: 'above', than: this.#carried, because: 'generator' };
  }

  #endClimb(): void {
    if (this.#carried === undefined) this.#ended = { kind: 'below', than: this.#rate };
    else this.#ceiling = this.#rate;
  }

  /** Hiccups may have ended the climb too early, or luck too late: then it is taken up again. */
  #sharpen(ceiling: number): void {
    this.#sharpened++;
    if (this.#sharpened < doubtAfter) return;
    const posterior = this.#posterior();
    if (posterior.quantile(doubt) > ceiling) {
      this.#sharpened = 0;
      this.#ceiling = undefined;
      this.#rate = ceiling;
      this.#goUp('strained');
    } else if (posterior.quantile(1 - doubt) < this.#carried!) {
      this.#carried! /= margin;
    }
  }

  /** What is believed after the steps so far. */
  #posterior(): Posterior {
    if (this.#believed.after !== this.#steps.length) {
      this.#believed = { after: this.#steps.length, posterior: this.#believe() };
    }
    return this.#believed.posterior!;
  }

  #believe(): Posterior {
    const observations = this.#steps
      .filter((it) => it.outcome !== 'generator late')
      .map((it) => ({ size: it.ratePerSecond, collapsed: it.outcome === 'overloaded' }));
    const low = this.#carried ?? this.#rate;
    const high = this.#ceiling ?? this.#rate;
    return posteriorOf(observations, low / margin, high * margin);
  }

  #isSettled(posterior: Posterior): boolean {
    if (this.#sharpened < sharpenLeast) return false;
    const width = log(posterior.quantile(0.975) / posterior.quantile(0.025));
    return width <= 2 * this.#settings.precision;
  }
}

/** In three digits: what is sent can be typed. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(3));
}
