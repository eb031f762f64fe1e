import type { EffectRunner } from './runner.ts';

/**
 * A partition: packets are sent again until it is over, so nothing is lost and all of it is late.
 */
export const blackhole: EffectRunner = {
  bothWays: true,
  begin: (hit) => hit.tell('held until the fault is taken down'),
  delayMs: () => Infinity,
  endDelayMs: () => Infinity,
};
