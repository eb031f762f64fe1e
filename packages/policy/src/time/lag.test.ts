import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import type { CallObserver } from '../call/host.ts';
import type { PolicySettings } from '../call/settings.ts';
import { ScriptedHost, defaults, hang, success } from '../testing/scripted-host.ts';
import { isExplainedByLag } from './lag.ts';

describe('lag', () => {
  it('explains a timeout where the timer was late after a silence of half the attempt', () => {
    expect(isExplainedByLag(10, 50, 100)).toBe(true);
    expect(isExplainedByLag(9, 100, 100)).toBe(false);
    expect(isExplainedByLag(500, 49, 100)).toBe(false);
  });
});

const timeoutMs = 100;

/** Ten calls a tenth of the timeout ago, and then the process stands still. */
function paused(settings: PolicySettings, observer: CallObserver = {}): ScriptedHost {
  const host = new ScriptedHost({ timeoutMs, ...settings }, { observer });
  for (let call = 0; call < 10; call++) host.start([hang, success(1)]);
  host.clock.advance(10);
  host.start([success(1)]);
  host.clock.advance(1);
  host.clock.stall(150);
  host.clock.advance(0);
  return host;
}

function reasonsOf(host: ScriptedHost): ReadonlySet<Reason> {
  return new Set(host.scripts.slice(0, 10).map(({ reason }) => reason));
}

describe('P9: a pause of the process', () => {
  it('is its own reason, and visible to observers', () => {
    const ended: Reason[] = [];
    const host = paused({}, { attemptEnded: (_call, reason) => ended.push(reason) });
    expect(reasonsOf(host)).toEqual(new Set([Reason.lag]));
    expect(ended.filter((reason) => reason === Reason.lag).length).toBe(10);
  });

  it('never trips a breaker; the same timeouts without it do', () => {
    const breaker = { ...defaults.breaker, minimumCalls: 5 };
    expect(paused({ breaker }).engine.breakerState).toBe('closed');
    const host = new ScriptedHost({ timeoutMs, breaker });
    for (let call = 0; call < 10; call++) host.start([hang]);
    host.clock.advance(timeoutMs);
    expect(reasonsOf(host)).toEqual(new Set([Reason.timeout]));
    expect(host.engine.breakerState).toBe('open');
  });

  it('does not fail a probe, and gives its place to another', () => {
    const breaker = { ...defaults.breaker, minimumCalls: 5, openMs: 100 };
    const host = new ScriptedHost({ timeoutMs, breaker });
    for (let call = 0; call < 10; call++) host.start([hang]);
    host.clock.advance(timeoutMs + 100);
    const probe = host.start([hang]);
    host.clock.stall(150);
    host.clock.advance(0);
    expect(probe.reason).toBe(Reason.lag);
    expect(host.engine.breakerState).toBe('half-open');
    host.start([success(1)]);
    host.clock.advance(1);
    expect(host.engine.breakerState).toBe('closed');
  });

  it('is no failure for the budget, and no refusal for a throttle of timeouts', () => {
    const budget = { share: 1, floorPerSecond: 0, withinMs: 10_000, failureShareMax: 0 };
    const on = new Set<Reason>([Reason.timeout, Reason.lag]);
    const throttle = { k: 1, withinMs: 1000, shareMax: 0.9, minimumPerSecond: 0, on };
    const host = paused({ retry: { ...defaults.retry, attempts: 2, budget } });
    host.clock.advance(100);
    // The budget allows nothing any more after a single failure: there was none.
    expect(host.scripts.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
    const throttled = paused({ throttle });
    const later = Array.from({ length: 50 }, () => throttled.start([success(0)]));
    throttled.clock.advance(1);
    expect(later.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
  });

  it('is retried as a timeout is, where timeouts are', () => {
    const host = paused({ retry: { ...defaults.retry, attempts: 2 } });
    host.clock.advance(100);
    expect(host.scripts.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
    const on = new Set<Reason>([Reason.error]);
    const other = paused({ retry: { ...defaults.retry, attempts: 2, on } });
    other.clock.advance(100);
    expect(reasonsOf(other)).toEqual(new Set([Reason.lag]));
  });

  it('does not hide a dependency that hangs from a process that lags all the time', () => {
    const breaker = { ...defaults.breaker, minimumCalls: 5 };
    const host = new ScriptedHost({ timeoutMs, breaker });
    for (let round = 0; round < 20; round++) {
      host.start([hang]);
      host.clock.stall(15);
      host.clock.advance(0);
    }
    expect(host.scripts.filter(({ reason }) => reason === Reason.timeout).length).toBeGreaterThan(
      4,
    );
    expect(host.engine.breakerState).not.toBe('closed');
  });

  it('ejects no endpoint; the same timeouts without it do', () => {
    const share = { share: 0.85, requests: 50, endpoints: 5 };
    const outliers = {
      consecutiveFailures: 3,
      intervalMs: 1000,
      successRate: { deviations: 1.9, requests: 100, endpoints: 5 },
      failureShare: share,
      ejectMs: 1000,
      ejectMaxMs: 5000,
      shareMax: 0.5,
    };
    const balance = 'peak-ewma' as const;
    const endpoints = { balance, decayMs: 10_000, failurePenaltyMs: 1000, outliers };
    const ejected = (byPause: boolean): number => {
      let count = 0;
      const observer = { endpointEjected: (): void => void count++ };
      const host = new ScriptedHost({ timeoutMs, endpoints }, { observer });
      host.engine.setEndpoints([0, 1]);
      for (let call = 0; call < 20; call++) host.start([hang]);
      if (byPause) host.clock.stall(150);
      host.clock.advance(byPause ? 0 : 150);
      expect(reasonsOf(host)).toEqual(new Set([byPause ? Reason.lag : Reason.timeout]));
      return count;
    };
    expect(ejected(true)).toBe(0);
    expect(ejected(false)).toBe(1);
  });

  it('is not kept as an answer by a cache of failures', () => {
    const cache = {
      ttlMs: 1000,
      jitter: 0,
      early: 0,
      staleWhileRevalidateMs: 0,
      staleIfErrorMs: 0,
      negativeMs: 1000,
      singleFlight: true,
      capacity: 10,
    };
    const host = new ScriptedHost({ timeoutMs, cache });
    const first = host.start([hang], { key: 'a' });
    host.clock.stall(150);
    host.clock.advance(0);
    expect(first.reason).toBe(Reason.lag);
    const second = host.start([success(1)], { key: 'a' });
    host.clock.advance(1);
    expect(second.outcome).toBe('succeeded');
  });

  it('leaves a deadline a deadline, which trips nothing either', () => {
    const breaker = { ...defaults.breaker, minimumCalls: 5 };
    const host = new ScriptedHost({ deadlineMs: 100, breaker });
    for (let call = 0; call < 10; call++) host.start([hang]);
    host.clock.stall(150);
    host.clock.advance(0);
    expect(reasonsOf(host)).toEqual(new Set([Reason.deadline]));
    expect(host.engine.breakerState).toBe('closed');
  });

  it('is told from a callee that hangs, whatever comes when, and pauses however long', () => {
    const round = fc.record({
      offsets: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }),
      pauseMs: fc.integer({ min: 110, max: 2000 }),
      isPaused: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 10 }), (rounds) => {
        const breaker = { ...defaults.breaker, minimumCalls: 1, withinMs: 10_000 };
        const host = new ScriptedHost({ timeoutMs, breaker });
        for (const { offsets, pauseMs, isPaused } of rounds) {
          const from = host.scripts.length;
          let nowMs = 0;
          for (const offsetMs of offsets.toSorted((a, b) => a - b)) {
            host.clock.advance(offsetMs - nowMs);
            nowMs = offsetMs;
            host.start([hang]);
          }
          if (isPaused) host.clock.stall(pauseMs);
          host.clock.advance(isPaused ? 0 : pauseMs);
          const ran = host.scripts.slice(from).filter(({ attempts }) => attempts > 0);
          for (const { reason, outcome } of ran) {
            if (outcome === 'pending') continue;
            expect(reason).toBe(isPaused ? Reason.lag : Reason.timeout);
          }
          if (isPaused) host.clock.advance(10_000);
          else if (ran.length > 0) expect(host.engine.breakerState).not.toBe('closed');
          if (rounds.every((each) => each.isPaused)) {
            expect(host.engine.breakerState).toBe('closed');
          }
          host.clock.advance(10_000);
        }
      }),
    );
  });
});
