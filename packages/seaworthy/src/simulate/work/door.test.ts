import { Criticality } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Model } from '../../model/model.ts';
import type { ClassSample, Run } from '../../signals/run.ts';
import {
  call,
  edge,
  exponential,
  model,
  replicas,
  retry,
  scenario,
  service,
  source,
  wait,
} from '../testing/models.ts';
import { run } from '../testing/totals.ts';

const admission = { targetMs: 20, intervalMs: 1000 };
const queue = { limit: 100, order: 'fifo', targetMs: 5, intervalMs: 100 } as const;
const mixed = [0.9, 0, 0.1, 0];

/** Ten slots of 20 ms: 500 a second; a tenth of the users' tasks is critical. */
function shop(perSecond: number, change: { sheds: boolean; propagate?: boolean }): Model {
  const web = service('web', [call(1)]);
  const stock = service('stock', [wait(exponential(20))], {
    replicas: replicas(1, 10),
    queue,
    admission: change.sheds ? admission : undefined,
  });
  const edges = [
    edge('users', 0, {}, { propagate: change.propagate ?? true }),
    edge(0, 1, { retry }),
  ];
  return model([web, stock], edges, source(0, perSecond, { criticality: mixed }), 60_000);
}

function classTotals(result: Run, fromMs: number, toMs: number) {
  const sums = new Map<number, { all: number; succeeded: number }>();
  const samples = result.intervals
    .filter((interval) => interval.fromMs >= fromMs && interval.toMs <= toMs)
    .flatMap((interval): readonly ClassSample[] => interval.edges[0]!.classes);
  for (const { criticality, succeeded, failed, rejected } of samples) {
    const sum = sums.get(criticality) ?? { all: 0, succeeded: 0 };
    sums.set(criticality, {
      all: sum.all + succeeded + failed + rejected,
      succeeded: sum.succeeded + succeeded,
    });
  }
  const share = (of: number): number => sums.get(of)!.succeeded / sums.get(of)!.all;
  return { critical: share(Criticality.critical), sheddable: share(Criticality.sheddable) };
}

function shedAt(result: Run): number {
  return result.intervals.reduce(
    (sum, interval) => sum + (interval.services[1]!.failed['shed'] ?? 0),
    0,
  );
}

describe('a door that sheds by criticality', () => {
  it('serves nearly all critical tasks at twice its capacity', () => {
    const { critical, sheddable } = classTotals(run(shop(1000, { sheds: true })), 10_000, 60_000);
    expect(critical).toBeGreaterThan(0.999);
    expect(sheddable).toBeGreaterThan(0.35);
    expect(sheddable).toBeLessThan(0.45);
  });

  it('without it all classes lose alike', () => {
    const { critical, sheddable } = classTotals(run(shop(1000, { sheds: false })), 10_000, 60_000);
    expect(critical).toBeLessThan(0.7);
    expect(Math.abs(critical - sheddable)).toBeLessThan(0.03);
  });

  it('sheds nothing below its capacity', () => {
    expect(shedAt(run(shop(400, { sheds: true })))).toBe(0);
  });

  it('takes all again after an overload, and says when it shed', () => {
    const burst = scenario({
      kind: 'capacity',
      target: { kind: 'service', index: 1, replicas: undefined },
      share: 0.4,
      atMs: 20_000,
      forMs: 10_000,
    });
    const result = run(shop(400, { sheds: true }), burst);
    const after = classTotals(result, 40_000, 60_000);
    expect([after.critical, after.sheddable]).toEqual([1, 1]);
    const kinds = result.events.map((event) => event.kind);
    expect(kinds.filter((kind) => kind === 'shedding')).toHaveLength(1);
  });

  it('is not asked again by a caller with retries', () => {
    const result = run(shop(1000, { sheds: true }));
    const late = result.intervals.slice(20);
    const attempts = late.reduce((sum, one) => sum + one.edges[1]!.attempts, 0);
    const offered = late.reduce((sum, one) => sum + one.edges[1]!.offered, 0);
    expect(attempts / offered).toBeLessThan(1.02);
  });

  it('knows no class where the callers hand none down', () => {
    const result = run(shop(1000, { sheds: true, propagate: false }));
    const { critical, sheddable } = classTotals(result, 10_000, 60_000);
    expect(Math.abs(critical - sheddable)).toBeLessThan(0.05);
  });
});

describe('a caller that sheds by criticality', () => {
  it('does so before its limit, and says so', () => {
    const limited = shop(1000, { sheds: false });
    const limit = { concurrency: 10, queue };
    const policy = { admission, limit };
    const edges = [limited.edges[0]!, { ...limited.edges[1]!, policy }];
    const result = run({ ...limited, edges });
    const { critical, sheddable } = classTotals(result, 10_000, 60_000);
    expect(critical).toBeGreaterThan(0.99);
    expect(sheddable).toBeLessThan(0.5);
    const last = result.intervals.at(-1)!.edges[1]!;
    expect(last.rejected['shed']).toBeGreaterThan(300);
    const told = result.events.filter((event) => event.kind === 'shedding');
    expect(told.map((event) => event.subject)).toEqual(['0 -> 1']);
  });
});

describe('without a door', () => {
  it('the dice fall as they did without classes', () => {
    const plain = shop(300, { sheds: false });
    const [users] = plain.sources;
    const critical = { ...plain, sources: [{ ...users!, criticality: [0, 0, 1, 0] }] };
    const latencies = (of: Model) =>
      run(of).intervals.map((interval) => interval.edges[0]!.latency.toSparse());
    expect(latencies(plain)).toEqual(latencies(critical));
  });
});
