import { describe, expect, it } from 'vitest';
import { attempts, createBreaker, leaseMs, openedBreaker } from '../testing/breakers.ts';

/**
 * How long the second opening lasts, when the breaker was closed for so long after a first of 5000
 * ms.
 */
function reopened(closedMs: number): number {
  const breaker = openedBreaker();
  attempts(breaker, 3, 'success', 5000);
  expect(breaker.state(5000)).toBe('closed');
  const nowMs = 5000 + closedMs;
  attempts(breaker, 10, 'failure', nowMs);
  let lengthMs = 0;
  while (breaker.state(nowMs + lengthMs) === 'open') lengthMs += 1;
  return lengthMs;
}

describe('an open breaker', () => {
  it('refuses until its time is over, the first time exactly as long as set', () => {
    const breaker = openedBreaker();
    expect(breaker.refuses(4999.999)).toBe(true);
    expect(breaker.acquire(4999.999, leaseMs)).toBe(-1);
    expect(breaker.refuses(5000)).toBe(false);
    expect(breaker.state(5000)).toBe('half-open');
  });

  // cockatiel 4.0.0: a late failure opens a half-open breaker, and the probe that succeeds is then
  // ignored.
  it('ignores results of calls from before it opened, then and in every later state', () => {
    const breaker = createBreaker();
    const before = Array.from({ length: 30 }, () => breaker.acquire(0, leaseMs));
    const late = (nowMs: number): void => breaker.record(before.pop() ?? -1, 'failure', 1, nowMs);
    attempts(breaker, 10, 'failure', 0);
    late(1);
    const probes = [5000, 5001, 5002].map((nowMs) => breaker.acquire(nowMs, leaseMs));
    for (const probe of probes) {
      late(5003);
      expect(breaker.state(5003)).toBe('half-open');
      breaker.record(probe, 'success', 1, 5003);
    }
    expect(breaker.state(5003)).toBe('closed');
    for (let result = 0; result < 26; result++) late(5004);
    expect(breaker.state(5004)).toBe('closed');
  });

  it('opens again for twice as long at each failed probe, at least half of it jitter apart, to the most', () => {
    const breaker = openedBreaker();
    let nowMs = 0;
    const lengthsMs: number[] = [5000];
    for (let opening = 0; opening < 6; opening++) {
      nowMs += lengthsMs.at(-1) ?? 0;
      attempts(breaker, 1, 'failure', nowMs);
      let lengthMs = 0;
      while (breaker.state(nowMs + lengthMs) === 'open') lengthMs += 1;
      lengthsMs.push(lengthMs);
    }
    const nominalMs = [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000];
    for (const [opening, lengthMs] of lengthsMs.entries()) {
      expect(lengthMs).toBeLessThanOrEqual(nominalMs[opening] ?? 0);
      expect(lengthMs).toBeGreaterThanOrEqual((nominalMs[opening] ?? 0) / 2);
    }
    expect(new Set(lengthsMs).size).toBe(lengthsMs.length);
  });

  it('starts over only after it stayed closed for as long as it was open', () => {
    expect(reopened(4999)).toBeGreaterThan(5000);
    expect(reopened(5000)).toBe(5000);
  });

  it('tells of each change once', () => {
    const breaker = createBreaker();
    const changes: string[] = [];
    breaker.onChange = (from, to) => void changes.push(`${from} > ${to}`);
    attempts(breaker, 10, 'failure', 0);
    attempts(breaker, 5, 'success', 4000);
    breaker.state(5000);
    attempts(breaker, 3, 'success', 6000);
    expect(changes).toEqual(['closed > open', 'open > half-open', 'half-open > closed']);
  });
});
