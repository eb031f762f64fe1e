import { describe, expect, it } from 'vitest';

import type { Memory } from '../../model/lifecycle.ts';
import type { Service } from '../../model/model.ts';
import { constant, wait } from '../testing/models.ts';
import { edgeTotals, run, simple } from '../testing/totals.ts';

const megabyte = 1e6;

/** The server of {@link simple}, 10 requests a second for 600 s. */
function server(memory: Partial<Memory>, change: Partial<Service> = {}) {
  const full: Memory = {
    heapBytes: 1000 * megabyte,
    liveBytes: 500 * megabyte,
    garbageBytes: megabyte,
    perRequestBytes: 0,
    leakBytes: 0,
    pause: constant(100),
    ...memory,
  };
  return run(simple({ memory: full, ...change }, {}, 600_000));
}

function collections(result: ReturnType<typeof run>): number {
  return result.intervals.reduce((sum, interval) => sum + interval.services[0]!.collections, 0);
}

function pausedMs(result: ReturnType<typeof run>): number {
  const seconds = result.intervals.map((interval) => interval.services[0]!.paused);
  return seconds.reduce((sum, paused) => sum + paused, 0) * 1000;
}

describe('the memory of a replica', () => {
  it.each([500, 800, 900])('is collected when %i MB leave no more room', (live) => {
    const result = server({ liveBytes: live * megabyte });
    const { offered } = edgeTotals(result, 0);
    // A collection for every so many requests: what is free, a megabyte each.
    expect(Math.abs(collections(result) - offered / (1000 - live))).toBeLessThanOrEqual(1);
    expect(pausedMs(result) / collections(result)).toBeCloseTo(100, 6);
  });

  it('doubles the collections with 5 % more, where little is free', () => {
    const live = 1000 / 1.1;
    const before = collections(server({ liveBytes: live * megabyte }));
    const after = collections(server({ liveBytes: 1.05 * live * megabyte }));
    expect(after / before).toBeGreaterThan(1.9);
    expect(after / before).toBeLessThan(2.1);
  });

  it('is kept by requests that are there, which makes collections longer and more frequent', () => {
    const slow = { steps: [wait(constant(5000))] };
    const without = server({}, slow);
    // 50 in flight at a time keep 250 MB.
    const result = server({ perRequestBytes: 5 * megabyte }, slow);
    expect(collections(result) / collections(without)).toBeGreaterThan(1.7);
    expect(pausedMs(result) / collections(result)).toBeGreaterThan(130);
  });

  it('runs out by a leak: the process ends, and another takes its place', () => {
    const startUp = { readyAfter: constant(3000), slower: 1, warmUpMs: 1 };
    const result = server({ leakBytes: megabyte / 5 }, { startUp, steps: [wait(constant(500))] });
    const ended = result.events.filter((event) => event.kind === 'out-of-memory');
    // Full after some 2500 requests, which take 250 s.
    expect(ended).toHaveLength(2);
    expect(Math.abs(ended[0]!.atMs - 250_000)).toBeLessThan(30_000);
    const back = result.events.find((event) => event.kind === 'replica-ready');
    expect(back?.atMs).toBe(ended[0]!.atMs + 3000);
    const { reasons } = edgeTotals(result, 0);
    expect(reasons['reset']).toBeGreaterThan(3);
    expect(reasons['unreachable']).toBeGreaterThan(30);
  });
});
