import type { AdaptiveSettings } from '@seaworthy/policy/engine';
import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, numberText, rateText } from '../words.ts';
import {
  calmMean,
  callPath,
  changeOf,
  countedDown,
  countedUp,
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
 * Slots that are held for up to this many times as long as in the calm are worth having: they wait,
 * which costs little. Where calls are even slower, and where other work needs the slots as well, it
 * is better not to wait.
 */
const worthCarrying = 10;
const worthCarryingForSome = 5;

/** Where fewer of the requests make the call, the others can be kept going without it. */
const neededByAll = 0.9;

/**
 * How a full pool can carry its calls: grow or, where they are far too slow, give up sooner on
 * each.
 */
export function poolChange(
  view: RunView,
  edge: Edge,
  index: number,
  part: EdgePart,
): SuggestedChange | undefined {
  const calm = view.calmEdges?.[index];
  const perSecond = (calm?.offered ?? part.offered) / (calm?.seconds ?? part.seconds);
  const calmHoldMs = calmMean(calm?.heldMeanMs, part.heldMeanMs);
  const farSlower = part.heldMeanMs > worthCarrying * calmHoldMs;
  if (farSlower) {
    const timeout = timeoutThatFits(edge, part.limit, perSecond, calmHoldMs);
    const change = timeout ?? breakerChange(edge, calmHoldMs, part.heldMeanMs);
    if (change !== undefined) return change;
  }
  const slots = edge.policy.limit?.concurrency;
  if (typeof slots === 'object') return roofChange(edge, slots, part);
  const holdMs = farSlower ? calmHoldMs : part.heldMeanMs;
  const callers = part.limit / (slots ?? part.limit);
  const rate = Math.max(perSecond, part.offered / part.seconds);
  const needed = slotsFor(rate, holdMs) / callers;
  if (!Number.isFinite(needed)) return undefined;
  return changeOf(
    callPath(edge, 'limit.concurrency'),
    Math.max(countedUp(needed), (slots ?? 0) + 1),
    slotsText(rate, holdMs),
  );
}

/**
 * An adaptive limit that is full at what its callee takes does its work: what is too much has to be
 * refused, or not be sent. Only where it is as high as it may be, it may be higher.
 */
function roofChange(
  edge: Edge,
  { max }: AdaptiveSettings,
  part: EdgePart,
): SuggestedChange | undefined {
  if (part.limit < max) return undefined;
  const why = 'the limit was as high as it may be, and all of it in use';
  return changeOf(callPath(edge, 'limit.concurrency.max'), 2 * max, why);
}

/** What a service can do whose slots wait for a call of its own. */
export interface HeldChange {
  readonly change: SuggestedChange | undefined;
  /** It carries what is slow, instead of doing without it. */
  readonly carries: boolean;
  /** It keeps those requests going that do not need what is slow. */
  readonly protects: boolean;
}

/**
 * How a service that ran out of slots through a slow dependency keeps going: with slots enough to
 * wait, or with a bound on that call.
 *
 * @param edge the call that holds the slots
 */
export function heldSlotsChange(
  view: RunView,
  service: Service,
  index: number,
  part: ServicePart,
  edge: Edge,
): HeldChange {
  const calm = view.calmServices?.[index];
  const calls = view.calmEdges?.[view.model.edges.indexOf(edge)];
  const neededBy = (calls?.offered ?? 0) / (calm?.arrived ?? 0);
  const all = !(neededBy < neededByAll);
  const slower = part.serviceMeanMs / (calm?.serviceMeanMs ?? Number.NaN);
  if (part.slots > 0 && slower <= (all ? worthCarrying : worthCarryingForSome)) {
    const rate = Math.max(part.arrived / part.seconds, (calm?.arrived ?? 0) / (calm?.seconds ?? 1));
    const change = moreSlots(service, part, rate, part.serviceMeanMs);
    return { change, carries: true, protects: false };
  }
  const change = callTimeChange(service, part, edge, calls, all);
  return { change, carries: false, protects: !all };
}

function callTimeChange(
  service: Service,
  part: ServicePart,
  edge: Edge,
  calm: EdgePart | undefined,
  neededByEach: boolean,
): SuggestedChange | undefined {
  const slow = breakerChange(edge, calm?.heldMeanMs, Infinity);
  // Where every request needs the call there is nothing to keep going but by giving up sooner.
  if (neededByEach && slow !== undefined) return slow;
  // Half of the slots: the service has other work as well.
  const perSecond = (calm?.offered ?? 0) / (calm?.seconds ?? 1);
  const fits = timeoutThatFits(edge, part.slots / 2, perSecond, calm?.heldMeanMs);
  if (fits !== undefined) return fits;
  if (edge.policy.limit !== undefined || part.slots === 0) return slow;
  return changeOf(
    callPath(edge, 'limit'),
    Math.max(1, Math.floor(part.slots / 2 / part.replicas)),
    'a slow callee then takes at most half of the slots of each replica, and the rest go on',
  );
}

function slotsFor(perSecond: number, holdMs: number): number {
  return (perSecond * holdMs * slotsToSpare) / 1000;
}

function slotsText(perSecond: number, holdMs: number): string {
  const slots = numberText((perSecond * holdMs) / 1000);
  return `${rateText(perSecond)} that hold a slot for ${durationText(holdMs)} each need ${slots} slots, and some to spare`;
}

function moreSlots(
  service: Service,
  part: ServicePart,
  perSecond: number,
  holdMs: number,
): SuggestedChange {
  const { replicas } = part;
  const each = part.slots / replicas;
  const needed = countedUp(slotsFor(perSecond, holdMs) / replicas);
  return changeOf(
    servicePath(service, 'concurrency'),
    Math.max(needed, Math.floor(each) + 1),
    slotsText(perSecond, holdMs),
  );
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
  const holdMs = calmMean(view.calmServices?.[index]?.serviceMeanMs, part.serviceMeanMs);
  const perReplica = part.slots / part.replicas;
  const inTime = countedDown((perReplica * Math.max(0, patienceMs - holdMs)) / holdMs);
  if (part.slots > 0 && patienceMs < Infinity && inTime >= 1 && inTime < service.queue.limit) {
    return changeOf(
      servicePath(service, 'queue.limit'),
      inTime,
      `callers give up after ${durationText(patienceMs)}: a request further back in the queue is answered for nobody`,
    );
  }
  // No number of slots makes up for work that has become so slow by itself.
  if (part.slots === 0 || !(part.serviceMeanMs <= worthCarrying * holdMs)) return undefined;
  const slowerMs = Math.max(holdMs, part.serviceMeanMs);
  return moreSlots(service, part, part.arrived / part.seconds, slowerMs);
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
  return changeOf(
    callPath(edge, 'timeout'),
    fileDuration(fitsMs),
    `${numberText(slots)} slots carry ${rateText(perSecond)} only if none is held for longer (${durationText(calmHoldMs)} is normal)`,
  );
}

function breakerChange(
  edge: Edge,
  calmHoldMs: number | undefined,
  holdMs: number,
): SuggestedChange | undefined {
  if (edge.policy.breaker !== undefined || calmHoldMs === undefined) return undefined;
  if (holdMs < tailRoom * calmHoldMs) return undefined;
  const over = fileDuration(roundedUp(tailRoom * calmHoldMs));
  return changeOf(
    callPath(edge, 'breaker'),
    { slow: { share: '50%', over }, open: '5s' },
    `calls are refused at once while the callee is slow, instead of each holding a slot`,
  );
}
