import { CircuitBreaker } from '../breaker/breaker.ts';
import type { BreakerResult } from '../breaker/breaker.ts';
import type { BreakerSettings } from '../call/settings.ts';
import { stream } from '../random/streams.ts';

/** Of every probe, in milliseconds. */
export const leaseMs = 1000;

/** What the breakers have that {@link createBreaker} makes. */
export const breakerSettings: BreakerSettings = {
  failureShare: 0.5,
  minimumCalls: 10,
  withinMs: 10_000,
  openMs: 5000,
  openMaxMs: 60_000,
  probes: 3,
};

/** A closed one, whose settings differ in this. */
export function createBreaker(changes: Partial<BreakerSettings> = {}): CircuitBreaker {
  return new CircuitBreaker({ ...breakerSettings, ...changes }, stream(1, 'breaker', 'jitter'));
}

/** So many attempts that end at once with this result. */
export function attempts(
  breaker: CircuitBreaker,
  count: number,
  result: BreakerResult,
  nowMs: number,
  durationMs: number = 1,
): void {
  for (let attempt = 0; attempt < count; attempt++) {
    breaker.record(breaker.acquire(nowMs, leaseMs), result, durationMs, nowMs);
  }
}

/** One that opened at 0. */
export function openedBreaker(changes: Partial<BreakerSettings> = {}): CircuitBreaker {
  const breaker = createBreaker(changes);
  attempts(breaker, 10, 'failure', 0);
  return breaker;
}
