import { Histogram } from '../../signals/histogram.ts';
import type { Counts, ReplicaSample, ServiceSample } from '../../signals/run.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';
import { added, sampleOfEdge } from './edge-sample.ts';
import { noService } from '../../signals/no-samples.ts';

/**
 * A service as those saw it who called it, all of them together. Its service time is the time to
 * the first byte of the answer, of requests that did not have to wait for one of the slots that the
 * file says it has; on connections without HTTP, the time to the next bytes of the callee.
 */
export function sampleOfService(
  callers: readonly EdgeReading[],
  { ready, replicas }: { readonly ready: number; readonly replicas: number },
): ServiceSample {
  const serviceTime = new Histogram();
  let [arrived, served, inFlightMean] = [0, 0, 0];
  let failed: Counts = {};
  for (const reading of callers) {
    const calls = sampleOfEdge(reading);
    arrived += calls.attempts;
    served += calls.succeeded;
    inFlightMean += calls.inFlightMean;
    failed = added(failed, reading.failed);
    serviceTime.merge(reading.serviceTime);
    serviceTime.merge(reading.turn);
  }
  return {
    ...noService,
    arrived,
    served,
    failed,
    serviceTime,
    inFlightMean,
    ready,
    replicas: Array.from({ length: replicas }, (_, replica) => sampleOfReplica(callers, replica)),
  };
}

function sampleOfReplica(callers: readonly EdgeReading[], replica: number): ReplicaSample {
  let [arrived, served, failed, answered, calleeTimeMs] = [0, 0, 0, 0, 0];
  for (const { replicas } of callers) {
    const counts = replicas[replica];
    if (counts === undefined) continue;
    arrived += counts.offered;
    served += counts.ended;
    failed += counts.failed;
    answered += counts.answered;
    calleeTimeMs += counts.calleeTimeMs;
  }
  const serviceTimeMeanMs = answered === 0 ? 0 : calleeTimeMs / answered;
  return { arrived, served, serviceTimeMeanMs, failed };
}
