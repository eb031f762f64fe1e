import { describe, expect, it } from 'vitest';

import type { Model, Service, Step } from '../../model/model.ts';
import { buildWorld } from '../build.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { call, constant, edge, model, scenario, service, source, wait } from '../testing/models.ts';
import { edgeTotals, run } from '../testing/totals.ts';

/** Ten tasks a second, evenly spaced, for a second. */
const arrivals = {
  kind: 'open',
  spacing: 'constant',
  shape: [
    { atMs: 0, perSecond: 10, overMs: 0 },
    { atMs: 1001, perSecond: 0, overMs: 0 },
  ],
} as const;

function lock(steps: readonly Step[], withinMs = Infinity): Step {
  return { kind: 'lock', rows: 0, withinMs, steps };
}

function system(steps: readonly Step[], change: Partial<Service> = {}, rows = 1): Model {
  const users = source(0, 10, { arrivals });
  const server = service('server', steps, change);
  const plain = model([server], [edge('users', 0, { timeoutMs: 250 })], users, 60_000);
  return { ...plain, rows: [{ name: 'row', count: rows }] };
}

describe('a lock', () => {
  it('is held by one at a time, first come, first served', () => {
    const slow = system([lock([wait(constant(120))])]);
    const result = run(slow);
    const [first, second] = result.intervals.map(({ rows }) => rows[0]!);
    // Each task falls 20 ms further behind; the tenth waits from 1000 ms until 1180 ms.
    expect([first!.locked, second!.locked]).toEqual([8, 2]);
    expect(second!.wait.max).toBeCloseTo(180, -1);
    expect(second!.heldMean).toBeCloseTo(0.3, 9);
    // Two wait at 1000 ms, one for 60 ms and the other for 180 ms.
    expect(second!.queueMean).toBeCloseTo(0.24, 9);
    expect(second!.queueMax).toBe(2);
    expect(edgeTotals(result, 0).reasons['timeout']).toBe(3);
  });

  it('is given back when its request is cancelled, fails, or dies', () => {
    const cancelled = system([lock([wait(constant(400))])], { abandoned: 'cancelled' });
    const failing = system([lock([wait(constant(1)), { kind: 'fail', probability: 1 }])]);
    const branch = lock([wait(constant(400))]);
    const inBranch = system([
      {
        kind: 'together',
        branches: [[branch], [wait(constant(1)), { kind: 'fail', probability: 1 }]],
      },
    ]);
    const death = scenario({
      kind: 'kill',
      target: { kind: 'service', index: 0, replicas: undefined },
      atMs: 250,
      forMs: 10,
    });
    for (const [some, faults] of [
      [cancelled, undefined],
      [failing, undefined],
      [inBranch, undefined],
      [cancelled, death],
    ] as const) {
      const world = buildWorld(some, faults, 1);
      world.runUntil(10_000 * NS_PER_MS);
      const { held, queue } = world.rows[0]!.meter;
      expect([held.value, queue.value, held.max]).toEqual([0, 0, 1]);
      expect(world.requests.inUse).toBe(0);
    }
  });

  it('that nobody gets within its time fails the request as overloaded', () => {
    const impatient = system([lock([wait(constant(240))], 50)]);
    const { reasons, succeeded } = edgeTotals(run(impatient), 0);
    // One that waits 40 ms and holds the lock for 240 ms is beyond the timeout of 250 ms.
    expect({ reasons, succeeded }).toEqual({
      reasons: { overloaded: 6, timeout: 2 },
      succeeded: 2,
    });
  });

  it('stays for as long as a call below takes', () => {
    const users = source(0, 10, { arrivals });
    const server = service('server', [lock([call(1)])]);
    const below = service('below', [wait(constant(120))]);
    const edges = [edge('users', 0), edge(0, 1)];
    const chain = {
      ...model([server, below], edges, users, 60_000),
      rows: [{ name: 'row', count: 1 }],
    };
    expect(run(chain).intervals[0]!.services[1]!.inFlightMean).toBeLessThanOrEqual(1);
  });
});

describe('optimistic concurrency', () => {
  const transaction = (steps: readonly Step[]): readonly Step[] => [
    { kind: 'read', rows: 0 },
    ...steps,
    { kind: 'write', rows: 0 },
  ];

  it('fails the write of a row that another has written since it was read', () => {
    const result = run(system(transaction([wait(constant(150))])));
    // Each overlaps with the one before, and one that fails has written nothing.
    const { reasons, succeeded } = edgeTotals(result, 0);
    expect({ reasons, succeeded }).toEqual({ reasons: { conflict: 5 }, succeeded: 5 });
    const [first, second] = result.intervals.map(({ rows }) => rows[0]!);
    expect(first!.writes + second!.writes).toBe(10);
    expect(first!.conflicts + second!.conflicts).toBe(5);
  });

  it('knows which row a branch has read, and which the request around it', () => {
    const together: Step = { kind: 'together', branches: [transaction([]), [wait(constant(1))]] };
    const outer = transaction([together]);
    // The branch writes what the request has read before: every write of the request is late.
    expect(edgeTotals(run(system(outer)), 0).reasons).toEqual({ conflict: 10 });
  });

  it('keeps rows apart', () => {
    const many = system(transaction([wait(constant(150))]), {}, 1_000_000);
    expect(edgeTotals(run(many), 0).succeeded).toBe(10);
  });
});
