import type { EndpointSettings, OutlierSettings } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Scenario, Service } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { edge, exponential, model, scenario, service, source, wait } from '../testing/models.ts';
import { edgeTotals, run } from '../testing/totals.ts';

const ewma: EndpointSettings = { balance: 'peak-ewma', decayMs: 10_000, failurePenaltyMs: 1000 };
const outliers: OutlierSettings = {
  consecutiveFailures: 5,
  intervalMs: 10_000,
  successRate: { deviations: 1.9, requests: 100, endpoints: 5 },
  failureShare: { share: 0.85, requests: 50, endpoints: 5 },
  ejectMs: 30_000,
  ejectMaxMs: 300_000,
  shareMax: 0.34,
};
const inTurn: EndpointSettings = { ...ewma, balance: 'round-robin' };

/** Of three replicas; the third is like the others unless the test says otherwise. */
const plain = { concurrency: 20, cores: 1, speed: 1 };

function played(
  endpoints: EndpointSettings | undefined,
  change: Partial<Service>,
  faults?: Scenario,
): Run {
  const replicas = [plain, plain, plain];
  const server = service('server', [wait(exponential(20))], { replicas, ...change });
  const policy = endpoints === undefined ? {} : { endpoints };
  const users = source(0, 150, { clients: 3 });
  return run(model([server], [edge('users', 0, policy)], users, 60_000), faults);
}

/** The share of the requests that each replica got after a while. */
function sharesOf({ intervals }: Run): number[] {
  const counts = [0, 0, 0];
  for (const { fromMs, services } of intervals) {
    if (fromMs < 10_000) continue;
    for (const [replica, { served }] of services[0]!.replicas.entries()) counts[replica]! += served;
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / all);
}

describe('a caller that chooses by what it sees itself', () => {
  it('sends a slow replica little, where a balancer that takes turns feeds it', () => {
    const slow = { replicas: [plain, plain, { ...plain, speed: 0.1 }] };
    expect(sharesOf(played(undefined, slow))[2]).toBeCloseTo(1 / 3, 1);
    expect(sharesOf(played(ewma, slow))[2]).toBeLessThan(0.05);
    for (const share of sharesOf(played(ewma, {}))) expect(share).toBeCloseTo(1 / 3, 1);
  });

  it('does not feed a replica that fails at once, as one that counts requests does', () => {
    const third = { kind: 'service', index: 0, replicas: [2] } as const;
    const fails = scenario({ kind: 'fail', target: third, share: 1, atMs: 5000, forMs: Infinity });
    const least = { ...ewma, balance: 'least-in-flight' } as const;
    const failed = (endpoints: EndpointSettings): number => {
      const { offered, succeeded } = edgeTotals(played(endpoints, {}, fails), 0, 10_000);
      return 1 - succeeded / offered;
    };
    expect(failed(least)).toBeGreaterThan(0.35);
    expect(failed(ewma)).toBeLessThan(0.03);
    const out = { ...least, outliers };
    expect(failed(out)).toBeLessThan(0.03);
    const { events } = played(out, {}, fails);
    const ejected = events.filter(({ kind }) => kind === 'replica-ejected');
    expect(ejected.length).toBeGreaterThan(2);
    expect(ejected[0]).toMatchObject({
      subject: 'users -> 0',
      text: 'replica 3 is left out for 30 s: consecutive-failures',
    });
  });

  it('knows at once who dies and who is back', () => {
    const third = { kind: 'service', index: 0, replicas: [2] } as const;
    const kill = scenario({ kind: 'kill', target: third, atMs: 10_000, forMs: 20_000 });
    const result = played(inTurn, {}, kill);
    const { offered, succeeded } = edgeTotals(result, 0);
    // What it held is lost, nothing else.
    expect(offered - succeeded).toBeLessThan(20);
    const at = (second: number): number =>
      result.intervals[second]!.services[0]!.replicas[2]!.served;
    expect(at(20)).toBe(0);
    expect(at(40)).toBeGreaterThan(20);
  });

  it('has nobody to send to when all are dead', () => {
    const all = { kind: 'service', index: 0, replicas: undefined } as const;
    const kill = scenario({ kind: 'kill', target: all, atMs: 10_000, forMs: 20_000 });
    const { reasons } = edgeTotals(played(ewma, {}, kill), 0, 12_000, 28_000);
    expect(Object.keys(reasons)).toEqual(['unreachable']);
  });
});
