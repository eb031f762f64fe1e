import type { LoadPlan } from '../load/plan.ts';
import type { Subject } from './subject.ts';

/** A steady load on the target, until it is stopped. */
export function steadyPlan(
  { load }: Subject,
  { seed, deadlineMs }: { readonly seed: number; readonly deadlineMs: number },
  source: string,
  perSecond: number,
): LoadPlan {
  return {
    ...load,
    source,
    seed,
    arrivals: {
      kind: 'open',
      spacing: 'poisson',
      shape: [{ atMs: 0, perSecond, overMs: 0 }],
      bursts: [],
    },
    durationMs: Infinity,
    timeoutMs: deadlineMs,
  };
}
