import { describe, expect, it } from 'vitest';
import { Reason } from '../call/reason.ts';
import type { ThrottleSettings } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { ScriptedHost, defaults, failure, hang, success } from '../testing/scripted-host.ts';
import { Throttle } from './throttle.ts';

const throttle: ThrottleSettings = {
  k: 2,
  withinMs: 10_000,
  shareMax: 0.9,
  minimumPerSecond: 1,
  on: new Set<Reason>([Reason.overloaded]),
};

function loaded(changes: Partial<ThrottleSettings>, sent: number, refused: number): Throttle {
  const of = new Throttle({ ...throttle, ...changes }, stream(1, 'throttle', 'dice'));
  for (let attempt = 0; attempt < sent; attempt++) of.started(0);
  for (let attempt = 0; attempt < refused; attempt++) of.failed(Reason.overloaded, 0);
  return of;
}

describe('Throttle', () => {
  it('begins when more than k times what is accepted is wanted', () => {
    expect(loaded({}, 100, 50).rejectShare(0)).toBe(0);
    // (100 − 2 × 40) / 101
    expect(loaded({}, 100, 60).rejectShare(0)).toBeCloseTo(20 / 101);
    expect(loaded({ k: 1.1 }, 100, 20).rejectShare(0)).toBeCloseTo((100 - 1.1 * 80) / 101);
  });

  it('counts an attempt that runs as accepted until it is refused', () => {
    const of = loaded({}, 100, 0);
    expect(of.rejectShare(0)).toBe(0);
    for (let attempt = 0; attempt < 100; attempt++) of.failed(Reason.overloaded, 5000);
    expect(of.rejectShare(5000)).toBe(0.9);
  });

  it('counts only what is a refusal by its settings', () => {
    const of = loaded({}, 100, 0);
    for (let attempt = 0; attempt < 100; attempt++) of.failed(Reason.timeout, 0);
    expect(of.rejectShare(0)).toBe(0);
    const strict = loaded({ on: new Set<Reason>([Reason.timeout]) }, 100, 0);
    for (let attempt = 0; attempt < 100; attempt++) strict.failed(Reason.timeout, 0);
    expect(strict.rejectShare(0)).toBe(0.9);
  });

  it('holds nothing back of a few, and forgets after its window', () => {
    expect(loaded({ minimumPerSecond: 5 }, 49, 49).rejectShare(0)).toBe(0);
    expect(loaded({ minimumPerSecond: 5 }, 50, 50).rejectShare(0)).toBe(0.9);
    expect(loaded({}, 100, 100).rejectShare(10_000)).toBe(0);
  });
});

function refuseMany(host: ScriptedHost): void {
  for (let call = 0; call < 200; call++) host.start([failure(1, Reason.overloaded)]);
  host.clock.advance(5);
}

describe('a throttle at work', () => {
  it('holds back with its own reason, which no retry and no budget pays for', () => {
    const budget = { share: 0.5, floorPerSecond: 0, withinMs: 10_000 };
    const retry = { ...defaults.retry, attempts: 3, budget };
    const host = new ScriptedHost({ throttle, retry });
    refuseMany(host);
    host.clock.advance(1000);
    const left = host.engine.budgetLeft;
    const later = Array.from({ length: 100 }, () => host.start([success(0)]));
    host.clock.advance(1);
    const heldBack = later.filter(({ reason }) => reason === Reason.throttled);
    expect(heldBack.length).toBeGreaterThan(60);
    expect(heldBack.every(({ attempts, outcome }) => attempts === 0 && outcome === 'failed')).toBe(
      true,
    );
    expect(host.engine.budgetLeft).toBeGreaterThanOrEqual(left);
    expect(host.violations).toEqual([]);
  });

  it('lets the fallback run', () => {
    const host = new ScriptedHost({ throttle: { ...throttle, shareMax: 0.99 }, fallbacks: 1 });
    refuseMany(host);
    const later = Array.from({ length: 50 }, () => host.start([success(0)]));
    host.clock.advance(1);
    expect(later.every(({ outcome }) => outcome !== 'failed')).toBe(true);
    expect(later.some(({ links }) => links === 1)).toBe(true);
  });

  it('sees every attempt, retries too', () => {
    const heldBack = (attempts: number): number => {
      const few = { ...throttle, minimumPerSecond: 5 };
      const host = new ScriptedHost({ throttle: few, retry: { ...defaults.retry, attempts } });
      // 30 calls are too few to judge; 60 attempts are not.
      for (let call = 0; call < 30; call++) host.start([failure(1, Reason.overloaded)]);
      host.clock.advance(100);
      const later = Array.from({ length: 50 }, () => host.start([success(0)]));
      host.clock.advance(1);
      return later.filter(({ reason }) => reason === Reason.throttled).length;
    };
    expect(heldBack(1)).toBeLessThan(heldBack(2) / 2);
  });

  it('does not count what the breaker or the queue below it refuses', () => {
    const queue = { limit: 0, order: 'fifo', targetMs: 5, intervalMs: 100 } as const;
    const host = new ScriptedHost({ throttle, limit: { concurrency: 1, queue } });
    host.start([hang]);
    for (let call = 0; call < 500; call++) host.start([hang]);
    const refused = host.scripts.filter(({ reason }) => reason === Reason.queueFull);
    expect(refused.length).toBe(500);
  });
});
