import type { Counts, EdgeSample } from '../../signals/run.ts';
import type { LoadReading } from '../load/load.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';
import { noEdge } from '../../signals/no-samples.ts';

/** What a source saw of its own calls, from their intended start. */
export function sampleOfLoad(reading: LoadReading): EdgeSample {
  const { offered, succeeded, late, latency, latencyFailed } = reading;
  const { inFlightMean, inFlightMax } = reading;
  // Who waits in vain for a connection has waited in vain.
  const failed = added(reading.failed, { timeout: totalOf(late) });
  return {
    ...noEdge,
    offered,
    succeeded,
    failed,
    attempts: offered - totalOf(late),
    attemptsFailed: reading.failed,
    latency,
    latencyFailed,
    inFlightMean,
    inFlightMax,
  };
}

/**
 * The calls of a service as the proxy saw them. Attempts are told apart from calls by what they
 * carry; those that carry nothing count as a call each.
 */
export function sampleOfEdge(reading: EdgeReading): EdgeSample {
  if (reading.offered === 0 && reading.turn.count > 0) return sampleOfTurns(reading);
  const { offered: attempts, succeeded, tasks, latency, latencyFailed } = reading;
  const { inFlightMean, inFlightMax } = reading;
  const known = tasks.attempts.task + tasks.attempts['request-id'] + tasks.attempts.trace;
  const retries = Math.min(known - tasks.tasks, attempts);
  return {
    ...noEdge,
    offered: attempts - retries,
    succeeded,
    failed: without(reading.failed, retries),
    attempts,
    attemptsFailed: reading.failed,
    retries,
    latency,
    latencyFailed,
    inFlightMean,
    inFlightMax,
  };
}

/**
 * Without HTTP a turn counts as a call: some bytes of the caller, and what the callee sends next.
 * What is sent before the answer to what was sent earlier is a part of the same turn, but for
 * commands of Redis.
 */
function sampleOfTurns({ turn, fromMs, toMs }: EdgeReading): EdgeSample {
  const { count, sum } = turn;
  const inFlightMean = sum / (toMs - fromMs);
  return {
    ...noEdge,
    offered: count,
    succeeded: count,
    attempts: count,
    latency: turn,
    inFlightMean,
  };
}

/**
 * A retry follows an attempt that failed, so that as many failures are not the end of their call:
 * of each reason the same share.
 */
function without(failed: Counts, retries: number): Counts {
  const total = totalOf(failed);
  const left = Math.max(0, total - retries);
  let before = 0;
  const kept: Record<string, number> = {};
  for (const [reason, count] of Object.entries(failed)) {
    const after = before + count;
    const share = Math.round((left * after) / total) - Math.round((left * before) / total);
    if (share > 0) kept[reason] = share;
    before = after;
  }
  return kept;
}

function totalOf(counts: Counts): number {
  let total = 0;
  for (const count of Object.values(counts)) total += count;
  return total;
}

/** Both, reason by reason; none that does not occur. */
export function added(one: Counts, other: Counts): Counts {
  const sum: Record<string, number> = { ...one };
  for (const [reason, count] of Object.entries(other)) {
    if (count > 0) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}
