import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText } from '../words.ts';
import { patienceOfCallers } from './capacity-change.ts';
import {
  calmMean,
  callPath,
  changeOf,
  countedDown,
  fileDuration,
  roundedDown,
  roundedUp,
  servicePath,
} from './change.ts';
import type { ServicePart } from './part.ts';
import { heldUpBy } from './saturation.ts';
import { edgeIn, type Stretch } from './stretch.ts';
import type { RunView } from './view.ts';

/**
 * How a service stops to work for callers that have gone: refuse in time, a timeout that fits, or
 * stop with the caller.
 */
export function wasteChange(
  view: RunView,
  service: Service,
  index: number,
  part: ServicePart,
  impatient: Edge | undefined,
  stretch: Stretch,
): SuggestedChange | undefined {
  const patienceMs = patienceOfCallers(view, index);
  const tooPatient = tooPatientCall(view, index, part, stretch, patienceMs);
  if (tooPatient !== undefined) return tooPatient;
  const calmMs = calmMean(view.calmServices?.[index]?.serviceMeanMs, part.serviceMeanMs);
  const inTime = countedDown((part.slots / part.replicas) * ((patienceMs - calmMs) / calmMs));
  // Where the queue is what makes it late, a shorter queue refuses in time.
  if (part.slots > 0 && part.waitMeanMs > part.serviceMeanMs && inTime >= 1) {
    if (inTime < service.queue.limit) {
      return changeOf(
        servicePath(service, 'queue.limit'),
        inTime,
        `a request further back in the queue is reached after its caller's ${durationText(patienceMs)}`,
      );
    }
  }
  if (impatient?.policy.timeoutMs !== undefined && calmMs * 2 > impatient.policy.timeoutMs) {
    return changeOf(
      callPath(impatient, 'timeout'),
      fileDuration(roundedUp(calmMs * 3)),
      `a request takes ${durationText(calmMs)} without any load: too close to the timeout`,
    );
  }
  return changeOf(
    servicePath(service, 'abandoned'),
    'cancelled',
    'work stops when its caller goes: the slot is free for one that still waits (the service must support it)',
  );
}

/**
 * What is left of a caller's patience for the call of the callee: the rest is for the callee itself
 * and the way.
 */
const shareForCall = 0.8;

/** The service waits for a call of its own for longer than anyone waits for the service. */
function tooPatientCall(
  view: RunView,
  service: number,
  part: ServicePart,
  stretch: Stretch,
  patienceMs: number,
): SuggestedChange | undefined {
  const held = heldUpBy(view, service, part, (edge) => edgeIn(view, edge, stretch));
  const edge = held === undefined ? undefined : view.model.edges[held];
  if (edge === undefined || patienceMs === Infinity) return undefined;
  const { timeoutMs = Infinity, retry, deadlineMs = Infinity } = edge.policy;
  const attempts = retry?.attempts ?? 1;
  if (Math.min(timeoutMs * attempts, deadlineMs) <= patienceMs) return undefined;
  const fitsMs = roundedDown((shareForCall * patienceMs) / Math.min(attempts, attemptsPlanned));
  return changeOf(
    callPath(edge, 'timeout'),
    fileDuration(fitsMs),
    `${view.model.services[service]?.name ?? ''} waits for this call for longer than the ${durationText(patienceMs)} after which its own callers are gone`,
  );
}

/** More attempts than these fit into no patience. */
const attemptsPlanned = 10;
