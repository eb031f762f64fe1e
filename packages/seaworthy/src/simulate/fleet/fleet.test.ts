import { describe, expect, it } from 'vitest';

import type { Rollout } from '../../model/lifecycle.ts';
import type { Model, Service } from '../../model/model.ts';
import { versionOfFile } from '../../model/rollout.ts';
import {
  constant,
  exponential,
  type FaultCase,
  replicas,
  scenario,
  wait,
} from '../testing/models.ts';
import { edgeTotals, run, simple } from '../testing/totals.ts';

const all = { count: 0, share: 1 };
const none = { count: 0, share: 0 };
const one = { count: 1, share: 0 };

/** Replaces all replicas of the server of {@link simple} from 20 s on. */
function deploy(change: Partial<Rollout & { atMs: number }> = {}): FaultCase {
  return {
    kind: 'rollout',
    service: 0,
    replicas: all,
    version: versionOfFile,
    surge: one,
    unavailable: none,
    minReadyMs: 0,
    backAtMs: Infinity,
    atMs: 20_000,
    forMs: 10_000,
    ...change,
  };
}

function fleet(change: Partial<Service> = {}): Model {
  const startUp = { readyAfter: constant(2000), slower: 1, warmUpMs: 1000 };
  return simple({ replicas: replicas(4), startUp, ...change });
}

function sampleAt(result: ReturnType<typeof run>, second: number) {
  return result.intervals[second]!.services[0]!;
}

describe('a rolling deploy', () => {
  it('replaces one replica after the other, and loses nothing', () => {
    const result = run(fleet(), scenario(deploy()));
    const { failed, rejected, offered, succeeded } = edgeTotals(result, 0);
    expect([failed, rejected]).toEqual([0, 0]);
    expect(offered - succeeded).toBeLessThanOrEqual(1);
    const ready = result.events.filter((event) => event.kind === 'replica-ready');
    expect(ready.map((event) => event.atMs)).toEqual([22_000, 24_000, 26_000, 28_000]);
    expect(result.events.at(-1)).toMatchObject({ kind: 'rollout-ended', atMs: 28_000 });
    const [before, during, after] = [10, 25, 40].map((second) => sampleAt(result, second).versions);
    expect(before!.map((version) => version.ready)).toEqual([4, 0]);
    expect(during!.map((version) => version.ready)).toEqual([2, 2]);
    expect(after!.map((version) => version.ready)).toEqual([0, 4]);
    expect(after![0]!.answered).toBe(0);
    expect(after![1]!.answered).toBeGreaterThan(0);
  });

  it('does without a part of the replicas where that is allowed', () => {
    const unavailable = { count: 0, share: 0.5 };
    const result = run(fleet(), scenario(deploy({ surge: none, unavailable })));
    expect(sampleAt(result, 21).ready).toBe(2);
    const ready = result.events.filter((event) => event.kind === 'replica-ready');
    expect(ready.map((event) => event.atMs)).toEqual([22_000, 22_000, 24_000, 24_000]);
    expect(sampleAt(result, 30).ready).toBe(4);
  });

  it('waits for a new replica to have been ready for a while', () => {
    const result = run(fleet(), scenario(deploy({ minReadyMs: 3000 })));
    const ready = result.events.filter((event) => event.kind === 'replica-ready');
    expect(ready.map((event) => event.atMs)).toEqual([22_000, 27_000, 32_000, 37_000]);
    expect(result.events.at(-1)).toMatchObject({ kind: 'rollout-ended', atMs: 40_000 });
  });

  it('lets a replica work off what it holds, and resets what is left after the grace', () => {
    const slow = { steps: [wait(constant(700))], graceMs: 5000 };
    expect(edgeTotals(run(fleet(slow), scenario(deploy())), 0).failed).toBe(0);
    const tooShort = run(fleet({ ...slow, graceMs: 100 }), scenario(deploy()));
    expect(edgeTotals(tooShort, 0).reasons['reset']).toBeGreaterThan(2);
  });

  it('brings cold replicas, which get faster by themselves', () => {
    const startUp = { readyAfter: constant(2000), slower: 5, warmUpMs: 20_000 };
    const result = run(fleet({ startUp }), scenario(deploy({ unavailable: all })));
    const meanAt = (second: number) => sampleAt(result, second).versions[1]!.serviceTimeMeanMs;
    // From 5 times 20 ms along a straight line to 20 ms.
    expect(meanAt(22)).toBeGreaterThan(95);
    expect(meanAt(32) - 60).toBeLessThan(5);
    expect(meanAt(43)).toBeCloseTo(20, 5);
  });

  it('brings the new version, and the old one back', () => {
    const version = { ...versionOfFile, slower: 3, failShare: 0.5 };
    const result = run(fleet(), scenario(deploy({ version, backAtMs: 40_000 })));
    const changed = sampleAt(result, 35).versions[1]!;
    // Half of the requests take 60 ms, half fail at once.
    expect(changed.serviceTimeMeanMs / 60).toBeCloseTo(1 - changed.failed / changed.answered, 5);
    const { reasons, offered } = edgeTotals(result, 0, 30_000, 40_000);
    expect(reasons['error']! / offered).toBeGreaterThan(0.3);
    expect(edgeTotals(result, 0, 50_000).failed).toBe(0);
    expect(sampleAt(result, 50).versions.map(({ ready }) => ready)).toEqual([4, 0]);
  });
});

describe('a canary', () => {
  it('gets some of the replicas for a while', () => {
    const version = { ...versionOfFile, slower: 2 };
    const result = run(fleet(), scenario(deploy({ replicas: one, version, backAtMs: 40_000 })));
    const { versions } = sampleAt(result, 30);
    expect(versions.map(({ ready }) => ready)).toEqual([3, 1]);
    expect(versions.map((sample) => Math.round(sample.serviceTimeMeanMs))).toEqual([20, 40]);
    expect(sampleAt(result, 50).versions.map(({ ready }) => ready)).toEqual([4, 0]);
  });
});

describe('replicas that come and go', () => {
  it('do so in the same way for the same seed', () => {
    const memory = {
      heapBytes: 1000,
      liveBytes: 900,
      garbageBytes: 1,
      perRequestBytes: 1,
      leakBytes: 1,
      pause: constant(50),
    };
    const startUp = { readyAfter: exponential(2000), slower: 3, warmUpMs: 5000 };
    const system = fleet({ memory, startUp });
    const canary = deploy({ replicas: one, backAtMs: 40_000 });
    const scenes = scenario(canary, deploy({ atMs: 45_000, backAtMs: 50_000 }));
    const first = run(system, scenes, 7);
    expect(first.events.map((event) => event.kind)).toContain('out-of-memory');
    expect(run(system, scenes, 7)).toEqual(first);
    expect(run(system, scenes, 8)).not.toEqual(first);
  });
});
