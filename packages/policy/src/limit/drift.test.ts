import { describe, expect, it } from 'vitest';
import type { PolicySettings } from '../call/settings.ts';
import { LoadedServer } from '../testing/loaded-server.ts';

/** Ten workers of 50 ms: 200 a second, with ten in flight. */
const workers = 10;
const capacity = 200;

const queue = { order: 'fifo', targetMs: 5, intervalMs: 100 } as const;

function adaptive(initial: number, timeoutMs?: number): PolicySettings {
  const limit = { concurrency: { min: 1, max: 1000, initial }, queue };
  return timeoutMs === undefined ? { limit } : { limit, timeoutMs };
}

function largest(limits: readonly number[]): number {
  return Math.max(...limits);
}

function mean(limits: readonly number[]): number {
  return limits.reduce((sum, limit) => sum + limit, 0) / limits.length;
}

describe('an adaptive limit does not drift', () => {
  it('under a stable timeout (Netflix concurrency-limits#137)', () => {
    // Others fill the server: what we send times out, all of it after the same time.
    const load = { perSecond: 50, places: 2000 };
    const server = new LoadedServer(adaptive(20, 1000), load);
    server.run(120);
    const [before] = server.limits(1);
    server.load.othersPerSecond = 3 * capacity;
    server.run(600);
    expect(server.goodput(300)).toBe(0);
    expect(largest(server.limits(590))).toBeLessThanOrEqual(before!);
    expect(largest(server.limits(400))).toBeLessThanOrEqual(5);
  });

  it('under a stable timeout that some get through (Netflix concurrency-limits#137)', () => {
    const server = new LoadedServer(adaptive(20, 1000), { perSecond: 100, places: 100 });
    server.run(120);
    const [before] = server.limits(1);
    server.load.othersPerSecond = 0.7 * capacity;
    server.run(900);
    expect(largest(server.limits(850))).toBeLessThanOrEqual(before!);
  });

  it('under mild overload (Netflix concurrency-limits#134)', () => {
    const server = new LoadedServer(adaptive(20), { perSecond: 1.1 * capacity });
    server.run(900);
    expect(largest(server.limits(800))).toBeLessThanOrEqual(3 * workers);
    expect(mean(server.limits(200))).toBeLessThanOrEqual(1.2 * mean(server.limits(700)));
    expect(server.goodput(800)).toBeGreaterThanOrEqual(0.95 * capacity);
  });

  it('nor does its baseline, through a long incident (failsafe-go#127)', () => {
    const server = new LoadedServer(adaptive(20), { perSecond: 100 });
    server.run(120);
    // Ten times as slow: room for 20 a second of 100, with ten in flight as before.
    server.load.serviceMs = 500;
    server.run(1200);
    expect(largest(server.limits(900))).toBeLessThanOrEqual(3 * workers);
    expect(mean(server.limits(300))).toBeLessThanOrEqual(1.3 * mean(server.limits(900)));
    expect(server.goodput(900)).toBeGreaterThanOrEqual(0.8 * 20);
  });
});

describe('an adaptive limit recovers', () => {
  it('shrinks under overload, and is what it was a minute after it', () => {
    const server = new LoadedServer(adaptive(20), { perSecond: 100 });
    server.run(120);
    const [before] = server.limits(1);
    server.load.perSecond = 3 * capacity;
    server.run(120);
    expect(mean(server.limits(30))).toBeLessThan(before! / 2);
    server.load.perSecond = 100;
    server.run(60);
    expect(mean(server.limits(10))).toBeGreaterThan(0.8 * before!);
    expect(server.goodput(10)).toBeGreaterThan(90);
  });

  it('comes down from a height at which nothing is answered in time', () => {
    const server = new LoadedServer(adaptive(500, 1000), { perSecond: 2 * capacity });
    server.run(20);
    expect(server.goodput(10)).toBeLessThan(0.1 * capacity);
    server.run(60);
    expect(server.goodput(20)).toBeGreaterThan(0.9 * capacity);
  });

  it('carries the load again within a minute after nobody had answered for five', () => {
    const server = new LoadedServer(adaptive(20, 1000), { perSecond: 100 });
    server.run(60);
    server.load.lostShare = 1;
    server.run(300);
    expect(server.limits(1)).toEqual([1]);
    server.load.lostShare = 0;
    server.run(60);
    expect(server.goodput(20)).toBeGreaterThan(90);
  });
});

describe('an adaptive limit is not in the way', () => {
  it('of a load that the server carries', () => {
    const server = new LoadedServer(adaptive(20), { perSecond: 150 });
    server.run(300);
    expect(server.failed).toEqual([]);
    expect(server.limits(100).every((limit) => limit >= 2 * workers)).toBe(true);
  });

  it('where a share is lost whatever it does', () => {
    const server = new LoadedServer(adaptive(20, 1000), { perSecond: 100, lostShare: 0.15 });
    server.run(300);
    expect(server.goodput(100)).toBeGreaterThan(0.83 * 100);
  });

  it('of a server that is slower from now on', () => {
    const load = { perSecond: capacity, workers: 100 };
    const server = new LoadedServer(adaptive(20), load);
    server.run(120);
    server.load.serviceMs = 250;
    server.run(300);
    expect(server.goodput(60)).toBeGreaterThan(0.97 * capacity);
  });
});
