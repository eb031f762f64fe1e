import { bytesText, type EffectOf } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/** The stream ends early, without an error that the transport would tell: bodies are cut short. */
export function limitData({ bytes }: EffectOf<'limit_data'>): EffectRunner {
  return {
    cut: (hit, parcel) => {
      const before = hit.bytes;
      hit.bytes += parcel.data.length;
      if (hit.bytes < bytes) return;
      parcel.closeAfter(bytes - before, 'both');
      hit.tell(`closed after ${bytesText(bytes)}`);
    },
  };
}
