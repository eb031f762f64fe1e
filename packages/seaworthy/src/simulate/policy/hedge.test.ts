import type { PolicySettings } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Run } from '../../signals/run.ts';
import { edge, model, retry, service, source, wait } from '../testing/models.ts';
import { edgeTotals, run } from '../testing/totals.ts';

/** The tail is twenty times the median. */
const tail = { kind: 'log-normal', p50Ms: 20, p99Ms: 400 } as const;
const p95 = { delay: { quantile: 0.95 }, most: 1 };

/** 100 calls a second for a minute. */
function played(policy: PolicySettings, abandoned: 'served' | 'cancelled' = 'served'): Run {
  const server = service('server', [wait(tail)], { abandoned });
  return run(model([server], [edge('users', 0, policy)], source(0, 100), 60_000));
}

function hedgesOf(result: Run) {
  const sum = { hedges: 0, won: 0, overtaken: 0, stopped: {} as Record<string, number> };
  let wasted = 0;
  for (const { edges, services } of result.intervals) {
    sum.hedges += edges[0]!.hedges;
    sum.won += edges[0]!.hedgesWon;
    sum.overtaken += edges[0]!.overtaken;
    wasted += services[0]!.wasted;
    for (const [stop, count] of Object.entries(edges[0]!.hedgesStopped)) {
      sum.stopped[stop] = (sum.stopped[stop] ?? 0) + count;
    }
  }
  return { ...sum, wasted };
}

describe('hedges in a simulation', () => {
  it('cut the tail for 5 % more attempts', () => {
    const without = edgeTotals(played({}), 0);
    const result = played({ hedge: p95 });
    const { offered, attempts, latency } = edgeTotals(result, 0);
    expect(without.latency.quantile(0.99)).toBeGreaterThan(350);
    expect(latency.quantile(0.99)).toBeLessThan(0.7 * without.latency.quantile(0.99));
    expect(latency.quantile(0.5)).toBeCloseTo(without.latency.quantile(0.5), -1);
    expect(attempts / offered).toBeGreaterThan(1.03);
    expect(attempts / offered).toBeLessThan(1.07);
    expect(attempts - offered).toBe(hedgesOf(result).hedges);
  });

  it('are counted: those that won, and the work of the others as wasted', () => {
    const { hedges, won, overtaken, wasted } = hedgesOf(played({ hedge: p95 }));
    expect(won).toBeGreaterThan(0.5 * hedges);
    expect(won).toBeLessThan(hedges);
    // One of the two is overtaken each time; a few still run at the end.
    expect(hedges - overtaken).toBeLessThanOrEqual(3);
    expect(overtaken - wasted).toBeLessThanOrEqual(3);
    expect(hedgesOf(played({ hedge: p95 }, 'cancelled')).wasted).toBe(overtaken);
  });

  it('never make more extra work than the budget that retries have, too', () => {
    const budget = { share: 0.02, floorPerSecond: 0, withinMs: 10_000 };
    const result = played({ hedge: p95, timeoutMs: 300, retry: { ...retry, budget } });
    const { offered, attempts } = edgeTotals(result, 0);
    const { hedges, stopped } = hedgesOf(result);
    expect(attempts - offered).toBeLessThanOrEqual(0.02 * offered);
    expect(hedges).toBeGreaterThan(0);
    expect(stopped['budget']).toBeGreaterThan(hedges);
  });

  it('leave a system without hedges as it is', () => {
    const { intervals } = played({});
    expect(intervals.every(({ edges }) => edges[0]!.hedges === 0)).toBe(true);
    expect(hedgesOf(played({})).overtaken).toBe(0);
  });
});
