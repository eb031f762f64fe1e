import type { DrawnAhead } from '../../model/chance/drawn-ahead.ts';
import type { ReplicaRuntime } from './replica.ts';

/** How long a step takes here and now, in nanoseconds. */
export function duration(times: DrawnAhead, replica: ReplicaRuntime, nowNs: number): number {
  let timeNs = times.next();
  if (replica.speed !== 1) timeNs /= replica.speed;
  if (replica.warmAtNs > nowNs) timeNs *= replica.coldness(nowNs);
  if (replica.faults.calm !== true) timeNs *= replica.faults.slowFactor;
  if (replica.service.slowsDown) timeNs *= replica.service.slowdown(replica.inFlight);
  return timeNs;
}
