import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText, rateText, roughShareText } from '../words.ts';
import { heldSlotsChange, poolChange, slotsChange } from './capacity-change.ts';
import { changesOf } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import type { EdgePart, ServicePart } from './part.ts';
import {
  heldUpBy,
  outgrown,
  poolExhausted,
  poolFull,
  refusedMuch,
  slotsExhausted,
  slotsFull,
} from './saturation.ts';
import {
  edgeIn,
  fedPart,
  harmedIn,
  longestStretch,
  serviceIn,
  spanOf,
  type Stretch,
} from './stretch.ts';
import type { RunView } from './view.ts';

/** A pool that is full for less is a burst that its queue took. */
const atLeastMs = 3000;

/** What is worth naming as the reason that slots ran out. */
const notableFactor = 1.3;

/** Pools of edges and slots of services that were full, while users were harmed. */
export function detectExhaustion(view: RunView): readonly Occurrence[] {
  const pools = view.model.edges.flatMap((edge, index) => {
    const flags = (view.edges[index] ?? []).map((part) => poolExhausted(view, index, part));
    const stretch =
      harmfulStretch(view, flags, (all) => edgeIn(view, index, all).refusedShare) ??
      overloadedStretch(view, (view.edges[index] ?? []).map(poolFull), (full) => {
        const part = edgeIn(view, index, full);
        return outgrown(part.offered, part.settled);
      });
    return stretch === undefined ? [] : [poolOf(view, edge, index, stretch)];
  });
  const slots = view.model.services.flatMap((service, index) => {
    const flags = (view.services[index] ?? []).map((part) => slotsExhausted(view, index, part));
    const stretch =
      harmfulStretch(view, flags, (all) => serviceIn(view, index, all).refusedShare) ??
      overloadedStretch(view, (view.services[index] ?? []).map(slotsFull), (full) => {
        const part = serviceIn(view, index, full);
        return outgrown(part.arrived, part.served + part.failed);
      });
    return stretch === undefined ? [] : [slotsOf(view, service, index, stretch)];
  });
  return [...pools, ...slots];
}

/**
 * Refusals count when they are many, over the whole run where there is no calm: a queue that
 * refuses little in all and much for some seconds is busy, not exhausted. Waiting counts when a
 * trigger brought it about: at 95 % of its capacity a queue is ten times as long as usual now and
 * then.
 */
function harmfulStretch(
  view: RunView,
  flags: readonly boolean[],
  refusedShare: (stretch: Stretch) => number,
): Stretch | undefined {
  const stretch = longestStretch(view, flags, atLeastMs);
  if (stretch === undefined || !harmedIn(view, stretch)) return undefined;
  const judged = view.calm === undefined ? { from: 0, to: view.steps.length } : stretch;
  if (refusedShare(judged) >= refusedMuch) return stretch;
  return beganWithTrigger(view, stretch) ? stretch : undefined;
}

/** What a trigger fills is full by this long after its end. */
const fillsWithinMs = 10_000;

function beganWithTrigger(view: RunView, stretch: Stretch): boolean {
  const { fromMs } = spanOf(view, stretch);
  return view.triggers.some(
    (trigger) => fromMs >= trigger.fromMs && fromMs <= trigger.toMs + fillsWithinMs,
  );
}

/**
 * Overload needs no trigger and has no calm to compare with: it shows in a queue that grows for
 * this long.
 */
const overloadedMs = 30_000;

function overloadedStretch(
  view: RunView,
  full: readonly boolean[],
  grows: (stretch: Stretch) => boolean,
): Stretch | undefined {
  const stretch = longestStretch(view, full, overloadedMs);
  return stretch !== undefined && grows(stretch) ? stretch : undefined;
}

function poolOf(view: RunView, edge: Edge, index: number, stretch: Stretch): Occurrence {
  const span = spanOf(view, stretch);
  const part = edgeIn(view, index, stretch);
  const fed = edgeIn(view, index, fedPart(view, stretch));
  const calm = view.calmEdges?.[index];
  const name = `the limit of ${edge.name}`;
  return {
    key: `exhaustion ${edge.name}`,
    id: 'exhaustion',
    title: `${name} was exhausted for ${durationText(span.toMs - span.fromMs)}: ${part.limit} of ${part.limit} in use`,
    severity: 'high',
    effect: part.refused + part.lost,
    ...span,
    edges: [edge.name],
    services: [view.model.services[edge.to]?.name ?? ''],
    numbers: [
      `full from ${momentText(span.fromMs)} to ${momentText(span.toMs)}`,
      `${roughShareText(part.refusedShare || 0)} of the calls refused, ${numberText(part.queueMax)} waiting at most`,
      ...waitText(part.waitMeanMs, calm?.waitMeanMs),
      ...fedBy(fed.attempts / fed.seconds, fed.heldMeanMs, rateOf(calm), calm?.heldMeanMs),
    ],
    changes: changesOf(poolChange(view, edge, index, fed)),
  };
}

function slotsOf(view: RunView, service: Service, index: number, stretch: Stretch): Occurrence {
  const span = spanOf(view, stretch);
  const part = serviceIn(view, index, stretch);
  const fed = serviceIn(view, index, fedPart(view, stretch));
  const calm = view.calmServices?.[index];
  const culprit = heldUpBy(view, index, part, (edge) => edgeIn(view, edge, stretch));
  const waitsFor = culprit === undefined ? undefined : view.model.edges[culprit];
  const callers = view.model.edges.filter((edge) => edge.to === index).map((edge) => edge.name);
  const what =
    part.slots > 0 ? `slots: ${part.slots} of ${part.slots} in use` : 'cores: all of them busy';
  return {
    key: `exhaustion ${service.name}`,
    id: 'exhaustion',
    title: `${service.name} was out of ${what} for ${durationText(span.toMs - span.fromMs)}`,
    severity: 'high',
    effect: part.refused + part.wasted,
    ...span,
    edges: waitsFor === undefined ? callers : [...callers, waitsFor.name],
    services: [service.name],
    numbers: [
      `full from ${momentText(span.fromMs)} to ${momentText(span.toMs)}`,
      `${roughShareText(part.refusedShare || 0)} of the requests refused, ${numberText(part.queueMax)} waiting at most`,
      ...waitText(part.waitMeanMs, calm?.waitMeanMs),
      ...fedBy(fed.arrived / fed.seconds, fed.serviceMeanMs, rateOf(calm), calm?.serviceMeanMs),
      ...(waitsFor === undefined ? [] : [heldText(view, culprit ?? -1, part, stretch)]),
    ],
    changes: changesOf(slotsRelief(view, index, fedPart(view, stretch))),
  };
}

/** The change for the lowest service that is full: those above it wait for its slots. */
function slotsRelief(view: RunView, index: number, stretch: Stretch): SuggestedChange | undefined {
  const service = view.model.services[index];
  if (service === undefined) return undefined;
  const part = serviceIn(view, index, stretch);
  const culprit = heldUpBy(view, index, part, (edge) => edgeIn(view, edge, stretch));
  const waitsFor = culprit === undefined ? undefined : view.model.edges[culprit];
  if (waitsFor === undefined) return slotsChange(view, service, index, part);
  // Calls go round in no circle: a model with one is refused when it is read.
  if (slotsFull(serviceIn(view, waitsFor.to, stretch))) {
    return slotsRelief(view, waitsFor.to, stretch);
  }
  return heldSlotsChange(view, service, index, part, waitsFor).change;
}

function heldText(view: RunView, edge: number, part: ServicePart, stretch: Stretch): string {
  const calls = edgeIn(view, edge, stretch);
  const share = (calls.inFlightMean + calls.queueMean) / part.inFlightMean;
  return `${roughShareText(Math.min(1, share))} of the slots wait for ${view.model.edges[edge]?.name ?? ''}`;
}

function waitText(waitMs: number, calmMs: number | undefined): readonly string[] {
  if (Number.isNaN(waitMs) || waitMs === 0) return [];
  const before =
    calmMs === undefined || Number.isNaN(calmMs) ? '' : ` (${durationText(calmMs)} before)`;
  return [`mean wait ${durationText(waitMs)}${before}`];
}

function rateOf(calm: EdgePart | ServicePart | undefined): number | undefined {
  if (calm === undefined) return undefined;
  return ('arrived' in calm ? calm.arrived : calm.attempts) / calm.seconds;
}

/** What filled the slots: more to do, or each taking longer. */
function fedBy(
  perSecond: number,
  holdMs: number,
  calmPerSecond: number | undefined,
  calmHoldMs: number | undefined,
): readonly string[] {
  const reasons: string[] = [];
  if (calmHoldMs !== undefined && holdMs >= notableFactor * calmHoldMs) {
    const factor = numberText(holdMs / calmHoldMs);
    reasons.push(
      `each held its slot ${factor} times as long: ${durationText(holdMs)} (${durationText(calmHoldMs)} before)`,
    );
  }
  if (calmPerSecond !== undefined && perSecond >= notableFactor * calmPerSecond) {
    reasons.push(
      `${numberText(perSecond / calmPerSecond)} times as many came: ${rateText(perSecond)} (${rateText(calmPerSecond)} before)`,
    );
  }
  return reasons;
}
