import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Autoscale } from '../../model/lifecycle.ts';
import type { OpenArrivals } from '../../model/arrivals.ts';
import type { Model } from '../../model/model.ts';
import { buildWorld } from '../build.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import {
  constant,
  edge,
  exponential,
  model,
  replicas,
  service,
  source,
} from '../testing/models.ts';
import { run } from '../testing/totals.ts';

const usual: Autoscale = {
  min: 1,
  max: 10,
  metric: 'cpu',
  target: 0.5,
  everyMs: 15_000,
  stabilizationMs: 300_000,
  tolerance: 0.1,
};

/** A service whose requests take 10 ms of a core, from so many replicas on. */
function scaled(
  shape: OpenArrivals['shape'],
  change: Partial<Autoscale>,
  begin: number,
  forMs: number,
): Model {
  const server = service('server', [{ kind: 'cpu', demand: exponential(10) }], {
    replicas: replicas(begin),
    balance: 'least-in-flight',
    autoscale: { ...usual, ...change },
    startUp: { readyAfter: constant(5000), slower: 1, warmUpMs: 1 },
  });
  const arrivals = { kind: 'open', spacing: 'poisson', shape } as const;
  return model([server], [edge('users', 0)], source(0, 1, { arrivals }), forMs);
}

function rate(perSecond: number, atMs = 0) {
  return { atMs, perSecond, overMs: 0 };
}

function scalings(result: ReturnType<typeof run>) {
  return result.events
    .filter((event) => event.kind === 'scaled')
    .map(({ atMs, text }) => `${atMs / 1000} s: ${text}`);
}

describe('an autoscaler', () => {
  it('wants replicas × metric ÷ target, and gets them when they are ready', () => {
    // Two cores of work: both replicas are full, and 50 % of four are wanted.
    const result = run(scaled([rate(200)], {}, 2, 120_000));
    expect(scalings(result)[0]).toBe('15 s: 2 -> 4 replicas');
    const ready = result.events.filter((event) => event.kind === 'replica-ready');
    expect(ready.slice(0, 2).map((event) => event.atMs)).toEqual([20_000, 20_000]);
    expect(result.intervals[17]!.services[0]!.ready).toBe(2);
    expect(result.intervals[30]!.services[0]!.ready).toBeGreaterThanOrEqual(4);
  });

  it('takes no more than twice as many, or four more, at a time, and never more than max', () => {
    const result = run(scaled([rate(900)], { target: 0.1, max: 13 }, 1, 120_000));
    expect(scalings(result).slice(0, 3)).toEqual([
      '15 s: 1 -> 5 replicas',
      '30 s: 5 -> 10 replicas',
      '45 s: 10 -> 13 replicas',
    ]);
    expect(result.intervals.at(-1)!.services[0]!.ready).toBe(13);
  });

  it('scales down when nothing has asked for more for five minutes', () => {
    const result = run(scaled([rate(200), rate(40, 100_000)], {}, 4, 600_000));
    expect(result.intervals[380]!.services[0]!.ready).toBeGreaterThanOrEqual(4);
    const down = scalings(result).at(-1)!;
    expect(Number.parseFloat(down)).toBeGreaterThanOrEqual(390);
    expect(result.intervals.at(-1)!.services[0]!.ready).toBe(1);
  });

  it('counts replicas that are not ready yet as idle', () => {
    // Full for a minute, because nothing gets ready: what it asks for stays the same.
    const system = scaled([rate(200)], {}, 2, 75_000);
    const startUp = { readyAfter: constant(60_000), slower: 1, warmUpMs: 1 };
    const slow = { ...system, services: [{ ...system.services[0]!, startUp }] };
    expect(scalings(run(slow))).toEqual(['15 s: 2 -> 4 replicas']);
  });

  it('can go by the requests at each replica', () => {
    const byRequests = { metric: 'in-flight', target: 1 } as const;
    const result = run(scaled([rate(300)], byRequests, 4, 300_000));
    // Four replicas that compute for 75 % of the time have more than one request each.
    expect(result.intervals.at(-1)!.services[0]!.ready).toBeGreaterThan(4);
    expect(result.intervals.at(-1)!.services[0]!.ready).toBeLessThanOrEqual(8);
  });

  it('stays within its bounds, and does not flap under a constant load', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 300 }),
        fc.constantFrom(0.5, 0.6, 0.7),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(),
        (perSecond, target, begin, seed) => {
          const system = scaled([rate(perSecond)], { target }, begin, 900_000);
          const world = buildWorld(system, undefined, seed);
          const wanted: number[] = [];
          for (let second = 5; second <= 900; second += 15) {
            world.runUntil(second * 1000 * NS_PER_MS);
            wanted.push(world.fleets[0]!.wanted);
            expect(world.services[0]!.endpoints.length).toBeLessThanOrEqual(10);
            expect(world.services[0]!.endpoints.length).toBeGreaterThanOrEqual(1);
          }
          // Once it has come down from where it began, it goes one way at most.
          const settled = wanted.slice(wanted.length / 2);
          expect(new Set(settled).size).toBeLessThanOrEqual(2);
          const needed = perSecond / 100 / target;
          expect(settled.at(-1)!).toBeGreaterThanOrEqual(Math.min(10, needed / 1.1) - 1e-9);
          expect(settled.at(-1)!).toBeLessThanOrEqual(Math.min(10, Math.ceil(needed * 1.25) + 1));
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
  });
});
