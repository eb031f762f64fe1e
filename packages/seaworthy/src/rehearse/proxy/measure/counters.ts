import { addCounts } from '../../../signals/add-counts.ts';
import { Histogram } from '../../../signals/histogram.ts';

/** What is counted on an edge, over any time. {@link EdgeReading} says what each is. */
export type Counters = ReturnType<typeof noCounters>;

export function noCounters() {
  return {
    accepted: 0,
    notAccepted: 0,
    unreachable: 0,
    bytesUpstream: 0,
    bytesDownstream: 0,
    offered: 0,
    succeeded: 0,
    unreadable: 0,
    failed: {} as Record<string, number>,
    statuses: {} as Record<string, number>,
    latency: new Histogram(),
    latencyFailed: new Histogram(),
    calleeTime: new Histogram(),
    serviceTime: new Histogram(),
    turn: new Histogram(),
  };
}

/** Adds what was counted in another time. */
export function addCounters(sum: Counters, other: Counters): void {
  sum.accepted += other.accepted;
  sum.notAccepted += other.notAccepted;
  sum.unreachable += other.unreachable;
  sum.bytesUpstream += other.bytesUpstream;
  sum.bytesDownstream += other.bytesDownstream;
  sum.offered += other.offered;
  sum.succeeded += other.succeeded;
  sum.unreadable += other.unreadable;
  addCounts(sum.failed, other.failed);
  addCounts(sum.statuses, other.statuses);
  sum.latency.merge(other.latency);
  sum.latencyFailed.merge(other.latencyFailed);
  sum.calleeTime.merge(other.calleeTime);
  sum.serviceTime.merge(other.serviceTime);
  sum.turn.merge(other.turn);
}
