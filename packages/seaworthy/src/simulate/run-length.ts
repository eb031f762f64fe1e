import type { Model, Scenario } from '../model/model.ts';

/** A calm run, and the time before a verdict on recovery, at the least. */
const SETTLE_MS = 120_000;

/**
 * Retries that time out one after the other can feed themselves this many times before a run may
 * call them lasting.
 */
const CYCLES = 10;

/**
 * How long to simulate: as the file says, or until the last fault has ended and then long enough to
 * tell a slow recovery from a metastable failure: the longer of two minutes and ten times the
 * longest chain of timeouts.
 */
export function runLengthMs(model: Model, scenario: Scenario | undefined): number {
  if (model.run.forMs !== undefined) return model.run.forMs;
  return Math.max(lastChangeMs(model, scenario), model.run.warmUpMs) + settleMs(model);
}

/** When the last fault, or the last change of the traffic, is over. */
function lastChangeMs(model: Model, scenario: Scenario | undefined): number {
  let lastMs = 0;
  for (const fault of scenario?.faults ?? []) {
    const ramp = fault.kind === 'burst' ? fault.overMs : 0;
    const endMs = Number.isFinite(fault.forMs) ? fault.atMs + fault.forMs + ramp : fault.atMs;
    lastMs = Math.max(lastMs, endMs);
  }
  for (const { arrivals } of model.sources) {
    if (arrivals.kind === 'closed') continue;
    for (const point of arrivals.shape) lastMs = Math.max(lastMs, point.atMs + point.overMs);
  }
  return lastMs;
}

/**
 * How long after its last fault a system must still be failed before that may be called lasting.
 */
export function settleMs(model: Model): number {
  let settle = SETTLE_MS;
  for (const { policy } of model.edges) {
    if (policy.timeoutMs === undefined) continue;
    const attempts = Number.isFinite(policy.retry?.attempts) ? policy.retry!.attempts : 1;
    settle = Math.max(settle, CYCLES * attempts * policy.timeoutMs);
  }
  return settle;
}
