import type { EdgePart, ServicePart } from './part.ts';
import type { RunView } from './view.ts';

/**
 * A pool or the slots of a service count as full from here on: the last of many are free only
 * between two calls.
 */
const fullShare = 0.95;

/** Refusals below one in twenty are the tail of a well-used queue. */
export const refusedMuch = 0.05;

/** Waiting dominates where it takes this many times as long as the work itself ... */
const waitOverWork = 2;

/** ... and this many times as long as in the calm. */
const waitOverCalm = 5;

/**
 * The slots of the limit of an edge are taken, and calls are refused or wait for longer than they
 * work.
 */
export function poolExhausted(view: RunView, edge: number, part: EdgePart): boolean {
  if (!poolFull(part)) return false;
  if (part.refusedShare >= refusedMuch) return true;
  return waitsTooLong(part.waitMeanMs, part.heldMeanMs, view.calmEdges?.[edge]?.waitMeanMs);
}

/** The same for the worker slots of a service; without a limit of slots, for its cores. */
export function slotsExhausted(view: RunView, service: number, part: ServicePart): boolean {
  if (!slotsFull(part)) return false;
  if (part.refusedShare >= refusedMuch) return true;
  const calm = view.calmServices?.[service];
  if (part.slots > 0) return waitsTooLong(part.waitMeanMs, part.serviceMeanMs, calm?.waitMeanMs);
  // Where all work shares the cores at once, waiting shows as slow work.
  return calm !== undefined && part.serviceMeanMs >= waitOverCalm * calm.serviceMeanMs;
}

export function poolFull(part: EdgePart): boolean {
  return part.limit > 0 && part.inFlightMean >= fullShare * part.limit;
}

export function slotsFull(part: ServicePart): boolean {
  if (part.slots > 0) return part.inFlightMean >= fullShare * part.slots;
  return part.utilisation >= fullShare;
}

/**
 * Four standard deviations of the difference of two Poisson counts: no busy spell of a stable queue
 * comes so far.
 */
const growthDeviations = 4;

/** So much more came than left that the queue grows by itself, and not by chance. */
export function outgrown(came: number, left: number): boolean {
  return came - left > growthDeviations * Math.sqrt(2 * came);
}

function waitsTooLong(waitMs: number, workMs: number, calmWaitMs: number | undefined): boolean {
  if (calmWaitMs === undefined || Number.isNaN(calmWaitMs)) return false;
  return waitMs >= waitOverWork * workMs && waitMs >= waitOverCalm * calmWaitMs;
}

/**
 * The calls of a service that hold at least half of its slots: what it waits for is the reason that
 * it is full.
 */
export function heldUpBy(
  view: RunView,
  service: number,
  part: ServicePart,
  parts: (edge: number) => EdgePart,
): number | undefined {
  const waiting = view.model.edges.flatMap((edge, index) => {
    if (edge.from.kind !== 'service' || edge.from.index !== service) return [];
    const calls = parts(index);
    return [{ index, share: (calls.inFlightMean + calls.queueMean) / part.inFlightMean }];
  });
  const most = waiting.toSorted((left, right) => right.share - left.share)[0];
  return most !== undefined && most.share >= 0.5 ? most.index : undefined;
}
