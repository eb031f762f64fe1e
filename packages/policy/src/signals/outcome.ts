import type { Call } from '../call/call.ts';
import { isLocalRejection, isOfDependency, Reason } from '../call/reason.ts';

/** How a call ended, in the words of the run record. */
export type SettledAs = 'succeeded' | 'fallback' | 'failed' | 'rejected';

/** Failed: by what the dependency did or did not do. Rejected: refused here. */
export function settledAs({ outcome, reason }: Call): SettledAs {
  if (outcome === 'succeeded' || outcome === 'fallback') return outcome;
  return isLocalRejection(reason) ? 'rejected' : 'failed';
}

/** How an attempt ended: `given-up` without a word from the dependency, and held against nobody. */
export function endedAs(reason: Reason): 'succeeded' | 'failed' | 'given-up' {
  if (reason === Reason.none) return 'succeeded';
  return isOfDependency(reason) ? 'failed' : 'given-up';
}

/**
 * Upper bounds of the buckets of every histogram of times, in seconds. Those that the semantic
 * conventions of OpenTelemetry give for `http.client.request.duration`, from 1 ms on, because what
 * waits for a slot waits for less than a request takes; and 30 s and 60 s for long deadlines.
 */
export const bucketBoundsSeconds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60,
];
