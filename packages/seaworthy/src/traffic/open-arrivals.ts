import { type RandomStream, stream } from '@seaworthy/policy/engine';

import { DrawnAhead } from '../model/chance/drawn-ahead.ts';
import { exponential } from '../model/chance/ziggurat.ts';
import type { OpenArrivals } from '../model/arrivals.ts';
import { NS_PER_MS } from '../model/chance/sampler.ts';
import { type Burst, Rate } from './rate.ts';

/**
 * When the tasks of an open source arrive. A simulation and a rehearsal with the same seed see the
 * same times, to the nanosecond.
 */
export class ArrivalProcess {
  private readonly rate: Rate;
  private readonly isConstant: boolean;
  private readonly amounts: DrawnAhead;
  private readonly recordedMs: readonly number[] | undefined;
  private recordedTaken = 0;

  constructor(
    { shape, spacing, recordedMs }: OpenArrivals,
    bursts: readonly Burst[],
    chance: RandomStream,
  ) {
    this.rate = new Rate(shape, bursts);
    this.isConstant = spacing === 'constant';
    this.amounts = new DrawnAhead((draws) => {
      for (let at = 0; at < draws.length; at++) draws[at] = exponential(chance);
    });
    this.recordedMs = recordedMs;
  }

  /**
   * When the next one arrives after the one at `nowNs`, in whole nanoseconds; Infinity: never.
   * Times must not go back.
   *
   * @param load So many times the rate of the model; of a recording there is only one.
   */
  after(nowNs: number, load = 1): number {
    if (this.recordedMs !== undefined) {
      return Math.round((this.recordedMs[this.recordedTaken++] ?? Infinity) * NS_PER_MS);
    }
    const amount = this.isConstant === true ? 1 : this.amounts.next();
    return Math.round(this.rate.after(nowNs, amount / load));
  }
}

/** What one source draws for one purpose, in every world. */
export function sourceStream(seed: number, source: string, purpose: string): RandomStream {
  return stream(seed, `source ${source}`, purpose);
}
