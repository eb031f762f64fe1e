import type { CallEngine } from '../call/engine.ts';
import type { BreakerState } from '../call/host.ts';

/** What a policy is up to. */
export interface PolicySnapshot {
  /** Of the policy, from its options. */
  readonly name: string;
  /** Attempts that hold a slot, those included that nobody waits for and that still run. */
  readonly inFlight: number;
  /** Attempts that wait for a slot. */
  readonly queued: number;
  /** How many attempts may hold a slot. Infinity: no limit. */
  readonly limit: number;
  /** `closed` where there is no breaker. */
  readonly breaker: BreakerState;
  /** Pieces of extra work that the budget allows now. Infinity: there is no budget. */
  readonly budgetLeft: number;
  /** The share of the calls that admission sheds now, 0 to 1. */
  readonly shedShare: number;
  /** For how long the fallback has been the normal path, in milliseconds. 0: it is not. */
  readonly fallbackNormalMs: number;
  /** What an observer threw last. Undefined: none did. */
  readonly observerError: unknown;
}

export function snapshotOf(
  name: string,
  engine: CallEngine,
  observerError: unknown,
): PolicySnapshot {
  const { limit, budgetLeft } = engine;
  return {
    name,
    inFlight: engine.inFlight,
    queued: engine.queued,
    limit: limit === 0 ? Infinity : limit,
    breaker: engine.breakerState,
    budgetLeft: budgetLeft < 0 ? Infinity : budgetLeft,
    shedShare: engine.shedShare,
    fallbackNormalMs: engine.fallbackNormalMs,
    observerError,
  };
}
