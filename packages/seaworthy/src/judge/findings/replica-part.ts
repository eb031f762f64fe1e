import type { Interval } from '../../signals/run.ts';

/** What some replicas of a service did in some part of a run. Means of nothing are NaN. */
export interface ReplicaPart {
  readonly arrived: number;
  readonly failed: number;
  readonly failedShare: number;
  readonly served: number;
  readonly serviceMeanMs: number;
}

/** Each replica of a service, in order. */
export function replicaParts(
  intervals: readonly Interval[],
  service: number,
): readonly ReplicaPart[] {
  const count = intervals[0]?.services[service]?.replicas.length ?? 0;
  const sums = Array.from({ length: count }, () => ({ arrived: 0, failed: 0, served: 0, ms: 0 }));
  for (const { services } of intervals) {
    for (const [replica, sample] of (services[service]?.replicas ?? []).entries()) {
      const sum = sums[replica];
      if (sum === undefined) continue;
      sum.arrived += sample.arrived;
      sum.failed += sample.failed;
      sum.served += sample.served;
      sum.ms += sample.served * sample.serviceTimeMeanMs;
    }
  }
  return sums.map(partOf);
}

/** Several replicas as one: the mean of each. */
export function meanOf(parts: readonly ReplicaPart[]): ReplicaPart {
  const sum = { arrived: 0, failed: 0, served: 0, ms: 0 };
  for (const { arrived, failed, served, serviceMeanMs } of parts) {
    sum.arrived += arrived;
    sum.failed += failed;
    sum.served += served;
    if (served > 0) sum.ms += served * serviceMeanMs;
  }
  const whole = partOf(sum);
  const { length } = parts;
  return { ...whole, arrived: sum.arrived / length, failed: sum.failed / length };
}

function partOf(sum: { arrived: number; failed: number; served: number; ms: number }): ReplicaPart {
  return {
    arrived: sum.arrived,
    failed: sum.failed,
    failedShare: sum.failed / sum.arrived,
    served: sum.served,
    serviceMeanMs: sum.ms / sum.served,
  };
}
