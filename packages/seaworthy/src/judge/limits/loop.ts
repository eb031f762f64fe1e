import type { Model } from '../../model/model.ts';
import type { Interval } from '../../signals/run.ts';
import type { Steering } from '../../simulate/steer.ts';
import { EndingWatch } from './ending.ts';

/** From one step of the loop to the next: coarse, for replications find what lies between. */
export const stepFactor = 1.25;

/** So much more or less than the load of the file is another system. */
export const mostLoad = 32;
export const leastLoad = 1 / 64;

/** At half of what its busiest service can do, a system is not near anything yet. */
const jumpUtilisation = 0.5;

/** How the system was at one load, on the way up or on the way down. */
export interface LoopPoint {
  /** Times the load of the model. */
  readonly load: number;
  readonly direction: 'up' | 'down';
  readonly healthy: boolean;
  /** How much of what was offered was served, in the last 10 s at this load. */
  readonly servedShare: number;
  /** The objectives that it missed there. */
  readonly fails: readonly string[];
}

/** The hysteresis of one run: up until it collapses, and down until it is back. */
export interface Loop {
  readonly points: readonly LoopPoint[];
  /** The busiest service at the load of the model, 0..1; undefined where none is bounded. */
  readonly utilisation: number | undefined;
  /** What 30 s of the first load have too few answers for to judge it by. */
  readonly unjudged: readonly string[];
}

/**
 * Walks one system through loads, without ever starting it anew: each load begins in the state in
 * which the one before ended.
 */
export class LoopWalk {
  readonly #watch: EndingWatch;
  readonly #sources: readonly number[];
  readonly #settleMs: number;
  readonly #points: LoopPoint[] = [];
  #load = 1;
  #direction: 'up' | 'down' = 'up';
  #began = false;
  #utilisation: number | undefined = undefined;
  #unjudged: readonly string[] = [];
  /** It was healthy at some load; broke on the way up after that; came back on the way down. */
  #held = false;
  #broke = false;
  #back = false;
  /** Of the intervals at the first load. */
  #busy: number[] = [];

  constructor(
    model: Model,
    { sources, settleMs }: { readonly sources: readonly number[]; readonly settleMs: number },
    horizonMs: number,
  ) {
    this.#watch = new EndingWatch(model, horizonMs);
    this.#sources = sources;
    this.#settleMs = settleMs;
  }

  get loop(): Loop {
    return { points: this.#points, utilisation: this.#utilisation, unjudged: this.#unjudged };
  }

  /** False once the loop is closed. */
  step(interval: Interval, steering: Steering): boolean {
    if (interval.toMs <= this.#settleMs) return true;
    if (!this.#began) this.#watch.restart(interval.fromMs, this.#load);
    this.#began = true;
    this.#watch.add(interval);
    if (this.#points.length === 0) this.#measure(interval);
    const ending = this.#watch.ending(false);
    if (ending === undefined) return true;
    const { servedShare, fails, unjudged } = this.#watch.health;
    const healthy = !ending.collapsed;
    if (this.#points.length === 0) this.#unjudged = unjudged;
    const point = { load: this.#load, direction: this.#direction, healthy, servedShare };
    this.#points.push({ ...point, fails: healthy ? [] : fails });
    const next = this.#next(healthy);
    if (next === undefined) return false;
    this.#load = next;
    for (const source of this.#sources) steering.setLoad(source, next);
    this.#watch.restart(interval.toMs, next);
    return true;
  }

  #measure(interval: Interval): void {
    const busiest = Math.max(...interval.services.map((service) => service.utilisation));
    if (busiest < 0) return;
    this.#busy.push(busiest);
    this.#utilisation = this.#busy.reduce((sum, each) => sum + each, 0) / this.#busy.length;
  }

  #next(healthy: boolean): number | undefined {
    if (this.#direction === 'down' && healthy) this.#back = true;
    if (this.#direction === 'up' && !healthy && this.#held) this.#broke = true;
    if (healthy) this.#held = true;
    if (this.#back && this.#broke) return undefined;
    this.#direction = healthy ? 'up' : 'down';
    const first = this.#points.length === 1;
    const factor = first && healthy ? this.#firstStep() : stepFactor;
    const next = healthy ? this.#load * factor : this.#load / factor;
    return next > mostLoad || next < leastLoad ? undefined : next;
  }

  /** Up to where there is certainly nothing to see. */
  #firstStep(): number {
    if (this.#utilisation === undefined) return stepFactor;
    return Math.min(mostLoad, Math.max(stepFactor, jumpUtilisation / this.#utilisation));
  }
}
