import { describe, expect, it } from 'vitest';

import { runLengthMs } from '../../model/run-length.ts';
import { settleMs } from '../../model/settle.ts';
import { feedOf } from '../../rehearse/load/feed/feed-of.ts';
import type { LoadPlan } from '../../rehearse/load/plan.ts';
import { planTo } from '../../rehearse/load/testing/plan.ts';
import type { Run } from '../../signals/run.ts';
import { withRecordings } from '../../traffic/recorded/recorded-source.ts';
import {
  constant,
  edge,
  model,
  retry,
  scenario,
  service,
  source,
  wait,
} from '../testing/models.ts';
import { edgeTotals, run } from '../testing/totals.ts';

/** How many a load sends in each interval of a run. */
function offeredBy(plan: LoadPlan, { intervals }: Run): readonly (readonly number[])[] {
  const feed = feedOf(plan, { index: 0, count: 1 });
  return intervals.map(({ toMs }) => {
    let offered = 0;
    for (; feed.nextMs < toMs; feed.take()) offered++;
    return [toMs, offered];
  });
}

describe('traffic', () => {
  it('arrives when a rehearsal with the same seed makes it arrive', () => {
    const shape = [
      { atMs: 0, perSecond: 200, overMs: 0 },
      { atMs: 10_000, perSecond: 900, overMs: 5000 },
    ];
    const burst = { kind: 'burst', atMs: 20_000, forMs: 5000, factor: 3, overMs: 0 } as const;
    const bursts = [{ ...burst, source: 0, text: '' }];
    const open = { kind: 'open', spacing: 'poisson', shape } as const;
    const users = source(0, 0, { arrivals: open });
    const system = model([service('server', [])], [edge('users', 0)], users, 30_000);
    const result = run(system, scenario(...bursts), 7);
    const simulated = result.intervals.map(({ toMs, edges }) => [toMs, edges[0]!.offered]);

    const plan = planTo(80, { arrivals: { ...open, bursts }, source: users.name, seed: 7 });
    expect(simulated).toEqual(offeredBy(plan, result));
  });

  it('is that of a recording, as in a rehearsal, whatever the seed', () => {
    const arrivals = [0.4, 0.4, 7, 1200, 1200.25, 29_999].map((atMs) => ({ atMs, request: 0 }));
    const users = source(0, 0, {});
    const recordings = new Map([[users.name, { requests: [], arrivals, leftOut: {} }]]);
    const drawn = model([service('server', [])], [edge('users', 0)], users, 30_000);
    const system = withRecordings(drawn, recordings);
    const [result, other] = [7, 8].map((seed) => run(system, undefined, seed));
    const simulated = result!.intervals.map(({ toMs, edges }) => [toMs, edges[0]!.offered]);
    const plan = planTo(80, { arrivals: { kind: 'recorded', arrivals } });
    expect(simulated).toEqual(offeredBy(plan, result!));
    expect(other!.intervals).toEqual(result!.intervals);
    expect(runLengthMs({ ...system, run: { ...system.run, forMs: undefined } }, undefined)).toBe(
      29_999 + settleMs(system),
    );
  });

  it('closed loop: users think, ask, wait', () => {
    const users = source(0, 0, {
      arrivals: { kind: 'closed', users: 10, tasks: Infinity, think: constant(980) },
    });
    const system = model(
      [service('server', [wait(constant(20))])],
      [edge('users', 0)],
      users,
      60_000,
    );
    // Each of ten users takes one second a round.
    expect(edgeTotals(run(system), 0).succeeded).toBeCloseTo(590, -2);
  });

  it('impatient users drop their task and ask anew', () => {
    const users = source(0, 10, { reload: { afterMs: 100, share: 1, times: 2 } });
    const slow = service('server', [wait(constant(1000))]);
    const { offered, reasons, succeeded } = edgeTotals(
      run(model([slow], [edge('users', 0)], users, 60_000)),
      0,
    );
    expect(reasons['cancelled']! / offered).toBeCloseTo(2 / 3, 1);
    expect(succeeded / offered).toBeCloseTo(1 / 3, 1);
  });

  it('many clients: each has its own budget', () => {
    const budget = { share: 0, floorPerSecond: 0.1, withinMs: 10_000 };
    const failing = service('server', [{ kind: 'fail', probability: 1 }]);
    const attempts = [1, 50].map((clients) => {
      const users = source(0, 100, { clients });
      const system = model(
        [failing],
        [edge('users', 0, { retry: { ...retry, budget } })],
        users,
        60_000,
      );
      const { attempts: made, offered } = edgeTotals(run(system), 0);
      return made - offered;
    });
    // One retry in ten seconds a client, for a minute.
    expect(attempts[0]).toBeLessThanOrEqual(8);
    expect(attempts[1]).toBeGreaterThan(200);
  });

  it('says so when virtual time stands still', () => {
    const users = source(0, 0, {
      arrivals: { kind: 'closed', users: 1, tasks: Infinity, think: constant(0) },
    });
    const system = model([service('server', [])], [edge('users', 0)], users, 1000);
    expect(() => run(system)).toThrow(/stands still at 0 ms/);
  });
});
