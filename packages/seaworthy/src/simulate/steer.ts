import { NS_PER_MS } from '../model/chance/sampler.ts';
import { buildWorld } from './build.ts';
import type { Model, Scenario } from '../model/model.ts';
import type { Interval } from '../signals/run.ts';
import { sampleInterval } from './simulate.ts';
import type { World } from './world.ts';

/** What may be done to a system while it runs. */
export interface Steering {
  /** From now on so many times the load of the model comes from this source. */
  readonly setLoad: (source: number, factor: number) => void;
}

/** Told of each interval as soon as it is over; false ends the run. */
export type Helmsman = (interval: Interval, steering: Steering) => boolean;

export interface SteerOptions {
  /** Undefined: no faults. */
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly intervalMs: number;
  readonly shouldStop?: () => boolean;
}

/**
 * Runs a model in virtual time for as long as the helmsman wants, who may change its load on the
 * way. Nothing is kept of it but what the helmsman keeps. With the same seed it has the same dice
 * as `simulate`.
 *
 * @returns whether the helmsman ended it, and not `shouldStop`
 */
export function steer(model: Model, options: SteerOptions, helmsman: Helmsman): boolean {
  const { scenario, seed, intervalMs } = options;
  const world = buildWorld(model, scenario, seed);
  const steering = steeringOf(world);
  for (let fromMs = 0; ; fromMs += intervalMs) {
    const toMs = fromMs + intervalMs;
    world.runUntil(Math.round(toMs * NS_PER_MS));
    if (!helmsman(sampleInterval(world, fromMs, toMs), steering)) return true;
    if (options.shouldStop?.() === true) return false;
  }
}

function steeringOf(world: World): Steering {
  return {
    setLoad: (source, factor) => {
      world.sources[source]?.setLoad(factor);
    },
  };
}
