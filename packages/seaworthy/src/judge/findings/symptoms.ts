import { durationText, numberText, roughShareText } from '../words.ts';
import type { EdgePart, ServicePart } from './part.ts';
import { edgeIn, serviceIn, windowFrom } from './stretch.ts';
import type { RunView } from './view.ts';

/** The first moment at which something is clearly not as in the calm. */
export interface Symptom {
  readonly atMs: number;
  readonly step: number;
  /** One of the two. */
  readonly service: number | undefined;
  readonly edge: number | undefined;
  /** Something is full: slots, a pool, a queue. */
  readonly saturated: boolean;
  /** It takes longer than usual, and nothing worse. */
  readonly slow: boolean;
  /** Users see it. */
  readonly frontDoor: boolean;
  /** The thing: `the pool of web -> payments`. */
  readonly what: string;
  readonly text: string;
}

/** Work that takes twice as long as in the calm. */
const slowFactor = 2;

/** One call in ten more fails than in the calm. */
const failsMore = 0.1;

/** All but a twentieth of the slots in use, all second long. */
const fullShare = 0.95;

/** Fewer calls in a second say nothing about shares. */
const callsNeeded = 5;

/** Two steps in a row: one may be chance. */
const stepsInARow = 2;

/**
 * All symptoms after the first trigger, in order of time; those of callees before those of callers.
 */
export function symptomsOf(view: RunView): readonly Symptom[] {
  const found = [
    ...view.model.services.flatMap((_, service) => serviceSymptoms(view, service)),
    ...view.model.edges.flatMap((_, edge) => edgeSymptoms(view, edge)),
  ];
  return found.toSorted((left, right) => left.step - right.step);
}

function serviceSymptoms(view: RunView, service: number): readonly Symptom[] {
  const parts = view.services[service] ?? [];
  const calm = view.calmServices?.[service];
  const name = view.model.services[service]?.name ?? '';
  if (calm === undefined) return [];
  const calmFails = calm.failedShare || 0;
  const at = (step: number): ServicePart => serviceIn(view, service, windowFrom(view, step));
  const kinds: readonly Kind<ServicePart>[] = [
    {
      holds: (part) => part.serviceMeanMs >= slowFactor * calm.serviceMeanMs,
      saturated: false,
      slow: true,
      what: name,
      text: (part) =>
        `${name} takes ${numberText(part.serviceMeanMs / calm.serviceMeanMs)} times as long: ${durationText(part.serviceMeanMs)}`,
    },
    {
      holds: (part) => part.slots > 0 && part.inFlightMean >= fullShare * part.slots,
      saturated: true,
      what: `the slots of ${name}`,
      text: (part) => `${name} has all its slots in use (${part.slots} of ${part.slots})`,
    },
    {
      holds: (part) => part.arrived >= callsNeeded && part.refusedShare >= failsMore,
      saturated: true,
      what: `the queue of ${name}`,
      text: (part) => `${name} refuses requests: its queue is full (${part.queueMax} waiting)`,
    },
    {
      holds: (part) =>
        part.arrived >= callsNeeded &&
        (part.failed - part.refused) / part.arrived >= calmFails + failsMore,
      saturated: false,
      what: name,
      text: (part) =>
        `${name} fails ${roughShareText((part.failed - part.refused) / part.arrived)} of its requests`,
    },
  ];
  return kinds.flatMap((kind) =>
    symptomOf(view, parts, kind, at, { service, edge: undefined, frontDoor: false }),
  );
}

function edgeSymptoms(view: RunView, index: number): readonly Symptom[] {
  const parts = view.edges[index] ?? [];
  const calm = view.calmEdges?.[index];
  const edge = view.model.edges[index];
  if (calm === undefined || edge === undefined) return [];
  const { name } = edge;
  const calmSuccess = calm.settled > 0 ? calm.successShare : 1;
  const frontDoor = edge.from.kind === 'source';
  const at = (step: number): EdgePart => edgeIn(view, index, windowFrom(view, step));
  const kinds: readonly Kind<EdgePart>[] = [
    {
      holds: (part) => part.limit > 0 && part.inFlightMean >= fullShare * part.limit,
      saturated: true,
      what: `the limit of ${name}`,
      text: (part) => `the limit of ${name} is reached (${part.limit} of ${part.limit})`,
    },
    {
      holds: (part) => part.settled >= callsNeeded && part.refusedShare >= failsMore,
      saturated: true,
      what: `the queue of ${name}`,
      text: (part) =>
        `${name} refuses ${roughShareText(part.refusedShare)} of the calls: the queue of its limit is full`,
    },
    {
      holds: (part) =>
        (part.settled >= callsNeeded && part.successShare <= calmSuccess - failsMore) ||
        (part.settled === 0 && part.offered >= callsNeeded),
      saturated: false,
      what: name,
      text: (part) =>
        part.settled === 0
          ? `nothing comes back on ${name}`
          : `${frontDoor ? 'front door, ' : ''}${name}: success ${roughShareText(part.successShare)}`,
    },
  ];
  return kinds.flatMap((kind) =>
    symptomOf(view, parts, kind, at, { service: undefined, edge: index, frontDoor }),
  );
}

interface Kind<Part> {
  readonly holds: (part: Part) => boolean;
  readonly saturated: boolean;
  readonly slow?: boolean;
  readonly what: string;
  readonly text: (part: Part) => string;
}

/**
 * The first time that a kind of trouble shows two steps in a row, with the numbers of the five
 * seconds from there.
 */
function symptomOf<Part>(
  view: RunView,
  parts: readonly Part[],
  kind: Kind<Part>,
  at: (step: number) => Part,
  where: Pick<Symptom, 'service' | 'edge' | 'frontDoor'>,
): readonly Symptom[] {
  const sinceMs = view.triggers[0]?.fromMs ?? 0;
  let row = 0;
  for (let step = 0; step < parts.length; step++) {
    const part = parts[step];
    const late = (view.steps[step]?.toMs ?? 0) > sinceMs;
    row = part !== undefined && late && kind.holds(part) ? row + 1 : 0;
    if (row < stepsInARow) continue;
    const first = step - stepsInARow + 1;
    const atMs = Math.max(sinceMs, view.steps[first]?.fromMs ?? 0);
    const { saturated, slow = false, what } = kind;
    return [{ ...where, atMs, step: first, saturated, slow, what, text: kind.text(at(first)) }];
  }
  return [];
}
