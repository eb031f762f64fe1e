import type { CacheSettings } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { EdgeCache, Model, Scenario, Source } from '../../model/model.ts';
import { buildWorld } from '../build.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import {
  call,
  constant,
  edge,
  model,
  replicas,
  scenario,
  service,
  source,
  wait,
} from '../testing/models.ts';

const SECONDS = 60;

const plain: CacheSettings = {
  ttlMs: 10_000,
  jitter: 0,
  early: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  negativeMs: 0,
  singleFlight: true,
  capacity: 100_000,
};

/** Users, a web with two replicas that have the cache, and what they cache. */
function shop(
  settings: Partial<CacheSettings>,
  cache: Partial<EdgeCache>,
  users: Partial<Source> = {},
): Model {
  const keys = { count: 50, zipf: 0 };
  return model(
    [service('web', [call(1)], { replicas: replicas(2) }), service('prices', [wait(constant(50))])],
    [
      edge('users', 0),
      edge(
        0,
        1,
        { cache: { ...plain, ...settings } },
        { cache: { shared: false, keys: undefined, warmShare: 0, ...cache } },
      ),
    ],
    source(0, 100, { keys, ...users }),
    SECONDS * 1000,
  );
}

function cacheCounts(of: Model, during?: Scenario): Record<string, number> {
  const world = buildWorld(of, during, 1);
  world.runUntil(SECONDS * 1000 * NS_PER_MS);
  const { cache } = world.edges[1]!.meter.flush(0, world.nowNs, world.edges[1]!.policyState());
  return { ...cache };
}

describe('an edge with a cache', () => {
  it('asks the callee once for each key, each lifetime and each replica', () => {
    const { recomputed, hit, miss, joined } = cacheCounts(shop({}, {}));
    // Each replica is asked for a key once a second: it is back one second after its end, on
    // average, so that 60 s have 1 + 5 lifetimes; a Poisson number of them.
    expect(recomputed).toBeGreaterThan(2 * 50 * 5);
    expect(recomputed).toBeLessThan(2 * 50 * 6.5);
    expect(hit! + miss! + joined!).toBeGreaterThan(5800);
  });

  it('asks half as often where all replicas share one cache', () => {
    const own = cacheCounts(shop({}, {}))['recomputed']!;
    const shared = cacheCounts(shop({}, { shared: true }))['recomputed']!;
    expect(shared / own).toBeGreaterThan(0.45);
    expect(shared / own).toBeLessThan(0.6);
  });

  it('begins with what is warm, in the middle of its life', () => {
    const cold = cacheCounts(shop({ ttlMs: 120_000 }, {}));
    const half = cacheCounts(shop({ ttlMs: 120_000 }, { warmShare: 0.5 }));
    const warm = cacheCounts(shop({ ttlMs: 120_000 }, { warmShare: 1 }));
    expect(cold['recomputed']).toBe(100);
    // Half of those that are there at the start end within 60 of 120 s.
    expect(half['recomputed']).toBeGreaterThan(50 + 12);
    expect(half['recomputed']).toBeLessThan(50 + 38);
    expect(warm['recomputed']).toBeGreaterThan(25);
    expect(warm['recomputed']).toBeLessThan(75);
  });

  it('loses what is flushed, all of it or a share', () => {
    const flush = (share: number): Scenario =>
      scenario({
        kind: 'flush',
        atMs: 30_000,
        forMs: 0,
        target: { kind: 'edge', index: 1 },
        share,
      });
    const long = shop({ ttlMs: 120_000 }, {});
    expect(cacheCounts(long, flush(1))['recomputed']).toBe(200);
    const half = cacheCounts(long, flush(0.5))['recomputed']!;
    expect(half).toBeGreaterThan(125);
    expect(half).toBeLessThan(175);
  });

  it('is empty again in a replica that has died', () => {
    const target = { kind: 'service', index: 0, replicas: [0] } as const;
    const kill = scenario({ kind: 'kill', atMs: 30_000, forMs: 1000, target });
    expect(cacheCounts(shop({ ttlMs: 120_000 }, {}), kill)['recomputed']).toBe(150);
  });

  it('has keys of its own where the model says so', () => {
    const { recomputed } = cacheCounts(
      shop({ ttlMs: 120_000 }, { keys: { count: 7, zipf: 0 } }, {}),
    );
    expect(recomputed).toBe(14);
  });

  it('fetches one key many times at once without single flight, and once with it', () => {
    const one = { keys: { count: 1, zipf: 0 } };
    const world = (singleFlight: boolean): Record<string, number> =>
      cacheCounts(shop({ singleFlight }, { shared: true }, one));
    // At 100 a second some five more come within the 50 ms of the first, six times.
    expect(world(false)['duplicate']).toBeGreaterThan(15);
    // Two replicas: one besides the first.
    expect(world(true)['duplicate'] ?? 0).toBeLessThanOrEqual(6);
    expect(world(true)['joined']).toBeGreaterThan(15);
  });
});
