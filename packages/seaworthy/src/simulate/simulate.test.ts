import { describe, expect, it } from 'vitest';

import {
  call,
  constant,
  edge,
  exponential,
  model,
  replicas,
  service,
  source,
  wait,
} from './testing/models.ts';
import { edgeTotals, run, simple } from './testing/totals.ts';

describe('simulate', () => {
  it('gives the same run for the same seed, and another for another', () => {
    const system = simple({ replicas: replicas(1, 1) });
    expect(run(system)).toEqual(run(system));
    expect(run(system, undefined, 2)).not.toEqual(run(system));
  });

  it('does not move the dice of others when a service is added', () => {
    const small = model(
      [service('a', [wait(exponential(5))])],
      [edge('users', 0)],
      source(0, 50),
      20_000,
    );
    const added = service('b', [wait(exponential(5))]);
    const large = { ...small, services: [...small.services, added] };
    expect(edgeTotals(run(large), 0)).toEqual(edgeTotals(run(small), 0));
  });

  it('follows M/M/1 in the mean', () => {
    const desk = service('desk', [wait(exponential(10))], { replicas: replicas(1, 1) });
    const result = run(model([desk], [edge('users', 0)], source(0, 50), 400_000));
    // W = 1 / (mu - lambda) = 20 ms.
    expect(edgeTotals(result, 0).latency.mean).toBeCloseTo(20, 0);
  });

  it('queues in order, refuses beyond the bound, and tells the caller', () => {
    const queue = { limit: 2, order: 'fifo', targetMs: 5, intervalMs: 100 } as const;
    const system = simple({ replicas: replicas(1, 1), queue, steps: [wait(constant(1000))] });
    const { reasons, offered, succeeded, failed } = edgeTotals(run(system), 0);
    expect(reasons['overloaded']).toBe(failed);
    expect(succeeded).toBeGreaterThan(55);
    // At the end one is in the slot and two wait.
    expect(offered - succeeded - failed).toBe(3);
  });

  it('drops what waits too long', () => {
    const queue = {
      limit: 100,
      order: 'fifo',
      maxWaitMs: 500,
      targetMs: 5,
      intervalMs: 100,
    } as const;
    const system = simple({ replicas: replicas(1, 1), queue, steps: [wait(constant(200))] });
    const { latency, reasons } = edgeTotals(run(system), 0);
    expect(latency.max).toBeLessThanOrEqual(700.001);
    expect(reasons['overloaded']).toBeGreaterThan(100);
  });

  it('serves abandoned work to the end, or cancels it', () => {
    const late = [wait(constant(1000))];
    const policy = { timeoutMs: 100 };
    for (const abandoned of ['served', 'cancelled'] as const) {
      const result = run(simple({ abandoned, steps: late }, policy));
      const sample = result.intervals[10]!.services[0]!;
      expect(sample.wasted).toBeGreaterThan(0);
      const inFlight = result.intervals.slice(5).map((i) => i.services[0]!.inFlightMean);
      const mean = inFlight.reduce((a, b) => a + b, 0) / inFlight.length;
      // Little: 10/s for 1 s each, or for 0.1 s each.
      expect(mean / (abandoned === 'served' ? 10 : 1)).toBeCloseTo(1, 0);
    }
  });

  it('waits for all branches of a together step, and fails at once with the first that fails', () => {
    const front = service('front', [
      { kind: 'together', branches: [[wait(constant(30))], [call(1)]] },
    ]);
    const back = service('back', [wait(constant(10)), { kind: 'fail', probability: 0.5 }]);
    const result = run(model([front, back], [edge('users', 0), edge(0, 1)], source(0, 10), 60_000));
    const { latency, succeeded, failed } = edgeTotals(result, 0);
    expect(latency.min).toBeCloseTo(30, 0);
    expect(failed / (failed + succeeded)).toBeCloseTo(0.5, 1);
    const failures = result.intervals.map((i) => i.edges[0]!.latencyFailed.max);
    expect(Math.max(...failures)).toBeCloseTo(10, 0);
  });

  it('passes the deadline on, so that nobody works for a task that is over', () => {
    const front = service('front', [call(1)]);
    const back = service('back', [wait(constant(500))], { replicas: replicas(1, 1) });
    const longest = [false, true].map((propagate) => {
      const first = edge('users', 0, { deadlineMs: 600 }, { propagate });
      const second = edge(0, 1, {}, { propagate });
      const result = run(model([front, back], [first, second], source(0, 10), 60_000));
      return Math.max(...result.intervals.map((i) => i.services[1]!.queueMax));
    });
    // Ten a second come, two a second are served: without the deadline the queue grows for ever.
    expect(longest[0]).toBeGreaterThan(400);
    expect(longest[1]).toBeLessThan(40);
  });

  it('answers from the fallback, with its reason', () => {
    const policy = { timeoutMs: 10, fallbacks: 1 };
    const link = { kind: 'answer', time: constant(2) } as const;
    const server20 = service('server', [wait(constant(20))]);
    const result = run(
      model([server20], [edge('users', 0, policy, { fallbacks: [link] })], source(0, 10), 20_000),
    );
    const { succeeded, latency } = edgeTotals(result, 0);
    expect(succeeded).toBe(0);
    expect(result.intervals[5]!.edges[0]!.fallback).toHaveProperty('timeout');
    expect(latency.max).toBeCloseTo(12, 1);
  });
});
