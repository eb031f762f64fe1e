import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, numberText, rateText } from '../words.ts';
import {
  callPath,
  fileCount,
  fileDuration,
  roundedDown,
  roundedUp,
  servicePath,
} from './change.ts';
import type { EdgePart, ServicePart } from './part.ts';
import type { RunView } from './view.ts';

/** A timeout this far above the mean of the calm leaves its slow tail alone. */
const tailRoom = 3;

/**
 * Slots are planned with a quarter to spare: at more, waiting grows out of bounds (rho / (1 -
 * rho)).
 */
const slotsToSpare = 1.25;

/**
 * Slots held for up to this many times as long as in the calm are worth having: more would move the
 * queue further down.
 */
const worthCarrying = 5;

/**
 * How a full pool can carry its calls: grow, give up sooner on each, or refuse while the callee is
 * slow.
 */
export function poolChange(
  view: RunView,
  edge: Edge,
  index: number,
  part: EdgePart,
): SuggestedChange {
  const calm = view.calmEdges?.[index];
  const perSecond = (calm?.offered ?? part.offered) / (calm?.seconds ?? part.seconds);
  const calmHoldMs = calm?.heldMeanMs ?? part.heldMeanMs;
  const farSlower = part.heldMeanMs > worthCarrying * calmHoldMs;
  if (farSlower) {
    const timeout = timeoutThatFits(edge, part.limit, perSecond, calmHoldMs);
    const change = timeout ?? breakerChange(edge, calmHoldMs, part.heldMeanMs);
    if (change !== undefined) return change;
  }
  const { limit } = edge.policy;
  const holdMs = farSlower ? calmHoldMs : part.heldMeanMs;
  const callers = part.limit / (limit?.concurrency ?? part.limit);
  const rate = Math.max(perSecond, part.offered / part.seconds);
  const needed = roundedUp((rate * holdMs * slotsToSpare) / 1000 / callers);
  return {
    path: callPath(edge, 'limit.concurrency'),
    from: limit === undefined ? undefined : fileCount(limit.concurrency),
    to: String(Math.max(needed, (limit?.concurrency ?? 0) + 1)),
    why: `${rateText(rate)} that hold a slot for ${durationText(holdMs)} each need ${numberText((rate * holdMs) / 1000)} slots, and some to spare`,
  };
}

/**
 * How a service that ran out of slots through a slow dependency keeps them: a bound on that call.
 */
export function callTimeChange(
  view: RunView,
  edge: Edge,
  index: number,
  part: ServicePart,
): SuggestedChange | undefined {
  const calm = view.calmEdges?.[index];
  const calls = (calm?.offered ?? 0) / (calm?.seconds ?? 1);
  const replicas = view.model.services[edge.from.index]?.replicas.length ?? 1;
  const requests = view.calmServices?.[edge.from.index]?.arrived ?? 0;
  const slow = breakerChange(edge, calm?.heldMeanMs, Infinity);
  // Where every request needs the call there is nothing to keep going but by giving up sooner.
  if ((calm?.offered ?? 0) >= requests && slow !== undefined) return slow;
  // Half of the slots: the service has other work as well.
  const fits = timeoutThatFits(edge, part.slots / 2, calls, calm?.heldMeanMs);
  if (fits !== undefined) return fits;
  if (edge.policy.limit !== undefined || part.slots === 0) return slow;
  return {
    path: callPath(edge, 'limit'),
    from: undefined,
    to: String(Math.max(1, Math.floor(part.slots / 2 / replicas))),
    why: 'a slow callee then takes at most half of the slots of each replica, and the rest go on',
  };
}

/**
 * How a service that ran out of slots by itself bounds the damage: no queue that outlasts its
 * callers, or more slots.
 */
export function slotsChange(
  view: RunView,
  service: Service,
  index: number,
  part: ServicePart,
): SuggestedChange | undefined {
  const patienceMs = patienceOfCallers(view, index);
  const holdMs = view.calmServices?.[index]?.serviceMeanMs ?? part.serviceMeanMs;
  const perReplica = part.slots / service.replicas.length;
  const inTime = roundedDown((perReplica * Math.max(0, patienceMs - holdMs)) / holdMs);
  if (part.slots > 0 && patienceMs < Infinity && inTime >= 1 && inTime < service.queue.limit) {
    return {
      path: servicePath(service, 'queue.limit'),
      from: fileCount(service.queue.limit),
      to: String(inTime),
      why: `callers give up after ${durationText(patienceMs)}: a request further back in the queue is answered for nobody`,
    };
  }
  if (part.slots === 0 || !Number.isFinite(part.slots)) return undefined;
  const rate = part.arrived / part.seconds;
  const needed = roundedUp((rate * holdMs * slotsToSpare) / 1000 / service.replicas.length);
  return {
    path: servicePath(service, 'concurrency'),
    from: String(perReplica),
    to: String(Math.max(needed, perReplica + 1)),
    why: `${rateText(rate)} that take ${durationText(holdMs)} each need ${numberText((rate * holdMs) / 1000)} slots, and some to spare`,
  };
}

/** The longest that any caller of a service waits for an attempt. */
export function patienceOfCallers(view: RunView, service: number): number {
  const callers = view.model.edges.filter((edge) => edge.to === service);
  const patience = callers.map((edge) =>
    Math.min(edge.policy.timeoutMs ?? Infinity, edge.policy.deadlineMs ?? Infinity),
  );
  return Math.max(0, ...patience);
}

/**
 * By Little's law `slots` carry `perSecond` calls if none holds its slot for longer than slots /
 * rate.
 */
function timeoutThatFits(
  edge: Edge,
  slots: number,
  perSecond: number,
  calmHoldMs: number | undefined,
): SuggestedChange | undefined {
  const fitsMs = roundedDown((slots / perSecond) * 1000);
  if (calmHoldMs === undefined || !(fitsMs >= tailRoom * calmHoldMs)) return undefined;
  const { timeoutMs } = edge.policy;
  if (timeoutMs !== undefined && timeoutMs <= fitsMs) return undefined;
  return {
    path: callPath(edge, 'timeout'),
    from: timeoutMs === undefined ? undefined : fileDuration(timeoutMs),
    to: fileDuration(fitsMs),
    why: `${numberText(slots)} slots carry ${rateText(perSecond)} only if none is held for longer (${durationText(calmHoldMs)} is normal)`,
  };
}

function breakerChange(
  edge: Edge,
  calmHoldMs: number | undefined,
  holdMs: number,
): SuggestedChange | undefined {
  if (edge.policy.breaker !== undefined || calmHoldMs === undefined) return undefined;
  if (holdMs < tailRoom * calmHoldMs) return undefined;
  const over = fileDuration(roundedUp(tailRoom * calmHoldMs));
  return {
    path: callPath(edge, 'breaker'),
    from: undefined,
    to: `{ slow: { share: 50%, over: ${over} }, open: 5s }`,
    why: `calls are refused at once while the callee is slow, instead of each holding a slot`,
  };
}
