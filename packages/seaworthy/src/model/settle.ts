import type { Model } from './model.ts';

/** The least: a queue that a fault has left takes its time to drain, in a healthy system too. */
const SETTLE_MS = 120_000;

/**
 * Retries that time out one after the other can feed themselves this many times before a run may
 * call them lasting.
 */
const CYCLES = 10;

/**
 * How long after its last fault a system must still be failed before that may be called lasting:
 * the longer of two minutes and ten times the longest chain of timeouts.
 */
export function settleMs(model: Model): number {
  let settle = SETTLE_MS;
  for (const { policy } of model.edges) {
    if (policy.timeoutMs === undefined) continue;
    const attempts = policy.retry?.attempts ?? 1;
    const chain = Number.isFinite(attempts) ? attempts * policy.timeoutMs : policy.timeoutMs;
    settle = Math.max(settle, CYCLES * chain);
  }
  return settle;
}
