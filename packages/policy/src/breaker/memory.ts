import { restoreRing } from '../time/restore-ring.ts';
import { calls, failed, slow } from './breaker.ts';
import type { CircuitBreaker } from './breaker.ts';

/** What a breaker remembers, in times that mean the same on any clock. */
export interface BreakerMemory {
  /** One that was half-open is open, with nothing left: the next attempt is a probe. */
  readonly state: 'closed' | 'open';
  /** Until it lets probes through, in milliseconds. */
  readonly openForMs: number;
  /** How long the last opening was, as it was drawn, in milliseconds. */
  readonly lastOpenMs: number;
  /** The same before jitter: what the next opening is twice as long as. */
  readonly nominalOpenMs: number;
  /** For how long it has been closed, in milliseconds. */
  readonly closedForMs: number;
  /** Failures since the last success. */
  readonly failuresInARow: number;
  /** Attempts of the window that count. */
  readonly calls: number;
  /** Those of them that failed. */
  readonly failed: number;
  /** Those of them that took longer than `slow.over`. */
  readonly slow: number;
}

/** What it would have to be told to go on elsewhere. */
export function breakerMemory(breaker: CircuitBreaker, nowMs: number): BreakerMemory {
  const state = breaker.state(nowMs);
  const { ring } = breaker;
  ring.advance(nowMs);
  return {
    // A breaker that is told so asks for probes of its own: those that run belong to this one.
    state: state === 'closed' ? 'closed' : 'open',
    openForMs: breaker.openForMs(nowMs),
    lastOpenMs: breaker.lastOpenMs,
    nominalOpenMs: breaker.nominalOpenMs,
    closedForMs: Math.min(nowMs - breaker.closedSinceMs, breaker.settings.openMaxMs),
    failuresInARow: breaker.failuresInARow,
    calls: ring.total(calls),
    failed: ring.total(failed),
    slow: ring.total(slow),
  };
}

/**
 * Goes on where that one was. Whatever it says, it is open for no longer than it can be by its own
 * settings; permissions from before mean nothing any more.
 */
export function restoreBreaker(
  breaker: CircuitBreaker,
  memory: BreakerMemory,
  nowMs: number,
): void {
  const { openMs, openMaxMs } = breaker.settings;
  breaker.lastOpenMs = Math.min(memory.lastOpenMs, openMaxMs);
  breaker.nominalOpenMs = Math.min(Math.max(memory.nominalOpenMs, openMs), openMaxMs);
  breaker.failuresInARow = memory.failuresInARow;
  breaker.closedSinceMs = nowMs - memory.closedForMs;
  restoreRing(breaker.ring, [memory.calls, memory.failed, memory.slow], nowMs);
  breaker.openUntilMs = nowMs + Math.min(memory.openForMs, openMaxMs);
  if (breaker.current === memory.state) breaker.permissions += 1;
  else breaker.change(memory.state);
}
