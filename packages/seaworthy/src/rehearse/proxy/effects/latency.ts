import type { RandomStream } from '@seaworthy/policy/engine';

import { NS_PER_MS, Sampler } from '../../../model/chance/sampler.ts';
import { type EffectOf, milliseconds } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/**
 * Drawn once for a message (HTTP) or a burst of bytes (other protocols): what follows within it
 * comes right behind, as on a long wire, and delays do not add up.
 */
export function latency({ time }: EffectOf<'latency'>, random: RandomStream): EffectRunner {
  const sampler = new Sampler(time, random);
  return {
    delayMs: (hit, parcel) => {
      if (parcel.isFresh || hit.delayMs < 0) {
        hit.delayMs = sampler.next() / NS_PER_MS;
        hit.tell(`delayed by ${milliseconds(hit.delayMs)}`);
      }
      return hit.delayMs;
    },
  };
}
