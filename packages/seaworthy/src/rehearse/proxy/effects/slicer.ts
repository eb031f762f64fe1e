import type { RandomStream } from '@seaworthy/policy/engine';

import type { EffectOf } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/** Pieces of about a size, each in a segment of its own. */
export function slicer(effect: EffectOf<'slicer'>, random: RandomStream): EffectRunner {
  const { averageBytes, variationBytes, delayMs } = effect;
  const nextBytes = (): number => {
    const offset = Math.floor((random.next() * 2 - 1) * (variationBytes + 1));
    return Math.max(1, averageBytes + Math.min(variationBytes, Math.max(-variationBytes, offset)));
  };
  return {
    split: (hit, parcel) => {
      const parcels = [parcel];
      let last = parcel;
      for (let bytes = nextBytes(); last.data.length > bytes; bytes = nextBytes()) {
        last = last.splitAt(bytes);
        last.slice = parcels.length;
        parcels.push(last);
      }
      for (const each of parcels) each.alone = true;
      if (parcels.length > 1) hit.tell(`cut into ${parcels.length} pieces`);
      return parcels;
    },
    delayMs: (_hit, { slice }) => slice * delayMs,
  };
}
