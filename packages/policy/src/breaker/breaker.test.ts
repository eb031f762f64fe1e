import { describe, expect, it } from 'vitest';
import type { BreakerSettings } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { CircuitBreaker } from './breaker.ts';
import type { BreakerResult } from './breaker.ts';

const leaseMs = 1000;
const settings: BreakerSettings = {
  failureShare: 0.5,
  minimumCalls: 10,
  withinMs: 10_000,
  openMs: 5000,
  openMaxMs: 60_000,
  probes: 3,
};

function create(changes: Partial<BreakerSettings> = {}): CircuitBreaker {
  return new CircuitBreaker({ ...settings, ...changes }, stream(1, 'breaker', 'jitter'));
}

/** So many attempts that end at once with this result. */
function attempts(
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
function opened(changes: Partial<BreakerSettings> = {}): CircuitBreaker {
  const breaker = create(changes);
  attempts(breaker, 10, 'failure', 0);
  expect(breaker.state(0)).toBe('open');
  return breaker;
}

/** How long the second opening lasts, when the breaker was closed for so long after a first of 5000 ms. */
function reopened(closedMs: number): number {
  const breaker = opened();
  attempts(breaker, 3, 'success', 5000);
  expect(breaker.state(5000)).toBe('closed');
  const nowMs = 5000 + closedMs;
  attempts(breaker, 10, 'failure', nowMs);
  let lengthMs = 0;
  while (breaker.state(nowMs + lengthMs) === 'open') lengthMs += 1;
  return lengthMs;
}

describe('a closed breaker', () => {
  it('opens at its share of failures, from the minimum of calls on', () => {
    const breaker = create();
    attempts(breaker, 9, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'success', 0);
    expect(breaker.state(0)).toBe('open');
  });

  it('stays closed below it', () => {
    const breaker = create();
    for (let second = 0; second < 100; second++) {
      attempts(breaker, 51, 'success', second * 1000);
      attempts(breaker, 49, 'failure', second * 1000);
    }
    expect(breaker.state(100_000)).toBe('closed');
  });

  it('takes decimal shares at their word', () => {
    const breaker = create({ failureShare: 0.07, minimumCalls: 100 });
    attempts(breaker, 93, 'success', 0);
    attempts(breaker, 6, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 0);
    expect(breaker.state(0)).toBe('open');
  });

  it('opens at a share of 0 with the first failure, not before', () => {
    const breaker = create({ failureShare: 0 });
    attempts(breaker, 1000, 'success', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 0);
    expect(breaker.state(0)).toBe('open');
  });

  it('opens after failures in a row, whatever the minimum, and counts them over any time', () => {
    const { failureShare: _, ...noShare } = settings;
    const breaker = new CircuitBreaker({ ...noShare, consecutiveFailures: 5 }, stream(1, 'b', 'j'));
    attempts(breaker, 4, 'failure', 0);
    attempts(breaker, 1, 'success', 0);
    attempts(breaker, 4, 'failure', 0);
    attempts(breaker, 3, 'ignored', 0);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 1_000_000);
    expect(breaker.state(1_000_000)).toBe('open');
  });

  it('opens at its share of slow calls, failed or not', () => {
    const breaker = create({ failureShare: 1, slow: { share: 0.8, overMs: 100 } });
    attempts(breaker, 2, 'success', 0, 100);
    attempts(breaker, 7, 'success', 0, 101);
    expect(breaker.state(0)).toBe('closed');
    attempts(breaker, 1, 'failure', 0, 1000);
    expect(breaker.state(0)).toBe('open');
  });

  it('does not count what says nothing about the dependency', () => {
    const breaker = create();
    attempts(breaker, 5, 'failure', 0);
    attempts(breaker, 1000, 'ignored', 0, 1e6);
    attempts(breaker, 4, 'failure', 0);
    expect(breaker.state(0)).toBe('closed');
  });

  // cockatiel 4.0.0: 4 failures, 5 minutes of idleness and 1 failure open a breaker that wants 5 in 5 s.
  it('forgets what is older than its window, after idleness too', () => {
    const breaker = create({ failureShare: 0.01, minimumCalls: 5, withinMs: 5000 });
    attempts(breaker, 4, 'failure', 0);
    attempts(breaker, 1, 'failure', 300_000);
    expect(breaker.state(300_000)).toBe('closed');
    attempts(breaker, 4, 'failure', 304_000);
    expect(breaker.state(304_000)).toBe('open');
  });

  // opossum 10.0.0 divides by the calls that began: 10 failures of 10 do not open it while 10 more run.
  it('judges results, not the calls that still run', () => {
    const breaker = create();
    const running = Array.from({ length: 20 }, () => breaker.acquire(0, leaseMs));
    for (const permission of running.slice(0, 10)) breaker.record(permission, 'failure', 1, 1);
    expect(breaker.state(1)).toBe('open');
  });
});

describe('an open breaker', () => {
  it('refuses until its time is over, the first time exactly as long as set', () => {
    const breaker = opened();
    expect(breaker.refuses(4999.999)).toBe(true);
    expect(breaker.acquire(4999.999, leaseMs)).toBe(-1);
    expect(breaker.refuses(5000)).toBe(false);
    expect(breaker.state(5000)).toBe('half-open');
  });

  // cockatiel 4.0.0: a late failure opens a half-open breaker, and the probe that succeeds is then ignored.
  it('ignores results of calls from before it opened, then and in every later state', () => {
    const breaker = create();
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
    const breaker = opened();
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
    const breaker = create();
    const changes: string[] = [];
    breaker.onChange = (from, to) => void changes.push(`${from} > ${to}`);
    attempts(breaker, 10, 'failure', 0);
    attempts(breaker, 5, 'success', 4000);
    breaker.state(5000);
    attempts(breaker, 3, 'success', 6000);
    expect(changes).toEqual(['closed > open', 'open > half-open', 'half-open > closed']);
  });
});

describe('a half-open breaker', () => {
  it('lets its probes through, and no other call, and closes when all succeed', () => {
    const breaker = opened();
    const probes = [1, 2, 3].map(() => breaker.acquire(5000, leaseMs));
    for (const probe of probes) expect(breaker.isProbe(probe)).toBe(true);
    expect(breaker.refuses(5000)).toBe(true);
    expect(breaker.acquire(5000, leaseMs)).toBe(-1);
    for (const probe of probes.slice(0, 2)) breaker.record(probe, 'success', 1, 5100);
    expect(breaker.state(5100)).toBe('half-open');
    // A success uses its permission up: four probes were not asked for.
    expect(breaker.refuses(5100)).toBe(true);
    breaker.record(probes[2] ?? -1, 'success', 1, 5200);
    expect(breaker.state(5200)).toBe('closed');
    expect(breaker.isProbe(breaker.acquire(5200, leaseMs))).toBe(false);
  });

  it('opens at the first probe that fails, and ignores the others then', () => {
    const breaker = opened();
    const probes = [1, 2, 3].map(() => breaker.acquire(5000, leaseMs));
    breaker.record(probes[0] ?? -1, 'failure', 1, 5001);
    expect(breaker.state(5001)).toBe('open');
    breaker.record(probes[1] ?? -1, 'success', 1, 5002);
    breaker.record(probes[2] ?? -1, 'success', 1, 5002);
    expect(breaker.state(5002)).toBe('open');
  });

  it('takes a slow probe for a failed one where slowness opens it', () => {
    const breaker = opened({ slow: { share: 0.8, overMs: 100 } });
    attempts(breaker, 1, 'success', 5000, 100);
    expect(breaker.state(5000)).toBe('half-open');
    attempts(breaker, 1, 'success', 5000, 101);
    expect(breaker.state(5000)).toBe('open');
  });

  it('gives the permission of an ignored probe to another', () => {
    const breaker = opened({ probes: 1 });
    attempts(breaker, 100, 'ignored', 5000);
    expect(breaker.state(5000)).toBe('half-open');
    attempts(breaker, 1, 'success', 5000);
    expect(breaker.state(5000)).toBe('closed');
  });

  // failsafe-go and others stay half-open for ever when a probe never reports.
  it('recovers a probe that never reports, and ignores it if it does after all', () => {
    const breaker = opened({ probes: 1 });
    const lost = breaker.acquire(5000, leaseMs);
    expect(breaker.refuses(6000)).toBe(true);
    expect(breaker.refuses(6000.001)).toBe(false);
    const next = breaker.acquire(6001, leaseMs);
    expect(next).toBeGreaterThanOrEqual(0);
    breaker.record(lost, 'failure', 1001, 6001);
    expect(breaker.state(6001)).toBe('half-open');
    breaker.record(next, 'success', 1, 6002);
    expect(breaker.state(6002)).toBe('closed');
  });

  it('counts a probe that reports at the end of its lease, when no one else has asked', () => {
    const breaker = opened({ probes: 1 });
    const probe = breaker.acquire(5000, leaseMs);
    expect(breaker.refuses(6001)).toBe(false);
    breaker.record(probe, 'failure', 1001, 6001);
    expect(breaker.state(6001)).toBe('open');
  });

  // cockatiel 4.0.0: calls wait for the probe, for as long as it takes, deaf to their abort.
  it('answers at once while probes are out', () => {
    const breaker = opened({ probes: 1 });
    breaker.acquire(5000, Infinity);
    expect(breaker.acquire(1e9, Infinity)).toBe(-1);
  });

  it('counts no result twice', () => {
    const breaker = opened({ probes: 2 });
    const probe = breaker.acquire(5000, leaseMs);
    breaker.record(probe, 'success', 1, 5001);
    breaker.record(probe, 'success', 1, 5001);
    expect(breaker.state(5001)).toBe('half-open');
  });
});
