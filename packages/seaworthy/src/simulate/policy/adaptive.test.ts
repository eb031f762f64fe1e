import { describe, expect, it } from 'vitest';

import { readModel } from '../../model/read.ts';
import type { EdgeSample, Run } from '../../signals/run.ts';
import { simulate } from '../simulate.ts';

/** A stock of ten workers of 50 ms: 200 a second. More may come than that. */
function shop(policy: string, rate: string, stock: string = ''): Run {
  const text = `
seaworthy: 1
name: shop
run: { for: 120s }
services:
  web: { replicas: 2, steps: [{ call: stock }] }
  stock: { concurrency: 10, ${stock} steps: [{ wait: { exponential: 50ms } }] }
calls:
  web -> stock: { ${policy} }
traffic: { shoppers: { to: web, rate: ${rate} } }`;
  const { model } = readModel(text, 'shop.yaml', {});
  return simulate(model, { scenario: undefined, seed: 1, replication: 0 });
}

/** The samples of web -> stock in the second half. */
function later(run: Run): readonly EdgeSample[] {
  return run.intervals.slice(run.intervals.length / 2).map(({ edges }) => edges[1]!);
}

function sum(run: Run, of: (sample: EdgeSample) => number): number {
  return later(run).reduce((total, sample) => total + of(sample), 0);
}

describe('an adaptive limit in a model', () => {
  it('moves, and the record shows it: in each interval, and among the events', () => {
    const run = shop('limit: adaptive', '600/s');
    // Two callers with a limit each, before ten workers; they begin with 40.
    expect(run.intervals[0]!.edges[1]!.limit).toBe(40);
    const limits = later(run).map(({ limit }) => limit);
    expect(Math.max(...limits)).toBeLessThan(40);
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(7);
    const moves = run.events.filter(({ kind }) => kind === 'limit-moved');
    expect(moves[0]).toMatchObject({ subject: 'web -> stock' });
    expect(moves[0]?.text).toMatch(/^adaptive limit 20 -> \d+$/);
    expect(sum(run, ({ succeeded }) => succeeded) / 60).toBeGreaterThan(180);
  });

  it('refuses what neither gets a slot nor a place to wait', () => {
    const run = shop('limit: adaptive', '600/s');
    expect(sum(run, ({ rejected }) => rejected['queue-full'] ?? 0) / 60).toBeGreaterThan(300);
    for (const { queueMax, limit } of later(run)) {
      expect(queueMax).toBeLessThanOrEqual(3 * 1.5 * limit);
    }
  });

  it('keeps to a queue limit of its own', () => {
    const run = shop('limit: { concurrency: adaptive, queue: { limit: 5 } }', '600/s');
    for (const { queueMax } of later(run)) expect(queueMax).toBeLessThanOrEqual(10);
  });
});

describe('a throttle in a model', () => {
  const bounded = 'queue: { limit: 10 },';

  it('sends about twice what is accepted, and the callee refuses as much as it serves', () => {
    const run = shop('throttle: { within: 10s }', '1000/s', bounded);
    const accepted = sum(run, ({ succeeded }) => succeeded);
    const sent = sum(run, ({ attempts }) => attempts);
    expect(sent / accepted).toBeGreaterThan(1.8);
    expect(sent / accepted).toBeLessThan(2.2);
    expect(accepted / 60).toBeGreaterThan(190);
    const heldBack = sum(run, ({ rejected }) => rejected['throttled'] ?? 0);
    expect(heldBack / 60 / 1000).toBeCloseTo(0.6, 1);
  });

  it('holds nothing back where nothing is refused', () => {
    const run = shop('throttle: true', '150/s', bounded);
    const plain = shop('', '150/s', bounded);
    expect(sum(run, ({ rejected }) => rejected['throttled'] ?? 0)).toBe(0);
    expect(sum(run, ({ succeeded }) => succeeded)).toBe(sum(plain, ({ succeeded }) => succeeded));
  });
});
