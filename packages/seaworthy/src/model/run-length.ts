import type { Model, Scenario } from './model.ts';
import { settleMs } from './settle.ts';

/**
 * How long to simulate: as the file says, or until the last fault has ended and then long enough to
 * tell a slow recovery from a metastable failure.
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
