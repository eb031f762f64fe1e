import type { BreakerSettings } from '../call/settings.ts';
import { restoreRing } from '../time/restore-ring.ts';
import { calls, CircuitBreaker, failed, slow } from './breaker.ts';

/**
 * State and counts stay, and so does the opening that runs; what has been counted is judged by
 * these settings with the next result. A half-open state ends by the probes it began with.
 */
export function reconfigureBreaker(
  breaker: CircuitBreaker,
  settings: BreakerSettings,
  nowMs: number,
): void {
  const next = new CircuitBreaker(settings, breaker.random);
  breaker.settings = settings;
  breaker.failuresInARowMax = next.failuresInARowMax;
  breaker.failedShare = next.failedShare;
  breaker.slowShare = next.slowShare;
  breaker.slowOverMs = next.slowOverMs;
  const { ring } = breaker;
  if (next.ring.bucketMs === ring.bucketMs) return;
  ring.advance(nowMs);
  const counts = [calls, failed, slow].map((series) => ring.total(series));
  breaker.ring = next.ring;
  restoreRing(breaker.ring, counts, nowMs);
}
