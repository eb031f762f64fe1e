import type { Edge, Service } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText } from '../words.ts';
import { patienceOfCallers } from './capacity-change.ts';
import {
  callPath,
  fileCount,
  fileDuration,
  roundedDown,
  roundedUp,
  servicePath,
} from './change.ts';
import type { ServicePart } from './part.ts';
import type { RunView } from './view.ts';

/** How a service stops to work for callers that have gone: refuse in time, a timeout that fits, or stop with the caller. */
export function wasteChange(
  view: RunView,
  service: Service,
  index: number,
  part: ServicePart,
  impatient: Edge | undefined,
): SuggestedChange | undefined {
  const patienceMs = patienceOfCallers(view, index);
  const calmMs = view.calmServices?.[index]?.serviceMeanMs ?? part.serviceMeanMs;
  const replicas = service.replicas.length;
  const inTime = roundedDown((part.slots / replicas) * ((patienceMs - calmMs) / calmMs));
  // Where the queue is what makes it late, a shorter queue refuses in time.
  if (part.slots > 0 && part.waitMeanMs > part.serviceMeanMs && inTime >= 1) {
    if (inTime < service.queue.limit) {
      return {
        path: servicePath(service, 'queue.limit'),
        from: fileCount(service.queue.limit),
        to: String(inTime),
        why: `a request further back in the queue is reached after its caller's ${durationText(patienceMs)}`,
      };
    }
  }
  if (impatient?.policy.timeoutMs !== undefined && calmMs * 2 > impatient.policy.timeoutMs) {
    return {
      path: callPath(impatient, 'timeout'),
      from: fileDuration(impatient.policy.timeoutMs),
      to: fileDuration(roundedUp(calmMs * 3)),
      why: `a request takes ${durationText(calmMs)} without any load: too close to the timeout`,
    };
  }
  if (service.abandoned === 'cancelled') return undefined;
  return {
    path: servicePath(service, 'abandoned'),
    from: 'served',
    to: 'cancelled',
    why: 'work stops when its caller goes: the slot is free for one that still waits (the service must support it)',
  };
}
