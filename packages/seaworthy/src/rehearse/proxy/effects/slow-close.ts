import { type EffectOf, milliseconds } from './parts.ts';
import type { EffectRunner } from './runner.ts';

/** The bytes arrive in time, the end of them late. */
export function slowClose({ delayMs }: EffectOf<'slow_close'>): EffectRunner {
  return {
    each: 'connection',
    endDelayMs: (hit) => {
      hit.tell(`closed ${milliseconds(delayMs)} later`);
      return delayMs;
    },
  };
}
