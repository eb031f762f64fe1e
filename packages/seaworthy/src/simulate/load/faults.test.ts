import { describe, expect, it } from 'vitest';

import type { Target } from '../../model/model.ts';
import { constant, replicas, scenario, wait } from '../testing/models.ts';
import { edgeTotals, run, server, simple } from '../testing/totals.ts';

const during = { atMs: 20_000, forMs: 20_000 };

describe('faults', () => {
  it('slow: by a factor, and by an addition', () => {
    const slow = { kind: 'slow', target: server, ...during } as const;
    const both = scenario({ ...slow, factor: 3, addsMs: 100 });
    const result = run(simple(), both);
    expect(edgeTotals(result, 0, 0, 20_000).latency.max).toBeCloseTo(20, 0);
    expect(edgeTotals(result, 0, 21_000, 40_000).latency.min).toBeGreaterThan(157);
    expect(edgeTotals(result, 0, 41_000).latency.max).toBeCloseTo(20, 0);
  });

  it('fail: a share of the answers', () => {
    const result = run(simple(), scenario({ kind: 'fail', target: server, share: 0.3, ...during }));
    const { offered, reasons } = edgeTotals(result, 0, 20_000, 40_000);
    expect(reasons['error']! / offered).toBeGreaterThan(0.2);
    expect(reasons['error']! / offered).toBeLessThan(0.4);
    expect(edgeTotals(result, 0, 41_000).failed).toBe(0);
  });

  it('blackhole: nothing comes back until the timeout', () => {
    const fault = scenario({ kind: 'blackhole', target: server, share: 1, ...during });
    const result = run(simple({}, { timeoutMs: 300 }), fault);
    const { succeeded, reasons } = edgeTotals(result, 0, 21_000, 40_000);
    expect(succeeded).toBe(0);
    expect(reasons['timeout']).toBeGreaterThan(150);
  });

  it('reset: the connection breaks', () => {
    const target: Target = { kind: 'edge', index: 0 };
    const result = run(simple(), scenario({ kind: 'reset', target, share: 1, ...during }));
    expect(edgeTotals(result, 0, 21_000, 40_000).reasons).toHaveProperty('reset');
    expect(edgeTotals(result, 0, 21_000, 40_000).succeeded).toBe(0);
  });

  it('loss: messages come late by retransmission timeouts', () => {
    const target: Target = { kind: 'edge', index: 0 };
    const result = run(simple(), scenario({ kind: 'loss', target, share: 0.2, ...during }));
    const { latency, failed } = edgeTotals(result, 0, 21_000, 40_000);
    expect(failed).toBe(0);
    expect(latency.quantile(0.5)).toBeLessThan(21);
    expect(latency.quantile(0.9)).toBeGreaterThan(215);
  });

  it('capacity: slots are taken away, and given back', () => {
    const system = simple({ replicas: replicas(1, 4), steps: [wait(constant(300))] });
    const result = run(
      system,
      scenario({ kind: 'capacity', target: server, share: 0.25, ...during }),
    );
    expect(result.intervals[30]!.services[0]!.slots).toBe(1);
    expect(result.intervals[30]!.services[0]!.queueMean).toBeGreaterThan(10);
    expect(result.intervals[50]!.services[0]!.slots).toBe(4);
  });

  it('kill: what it held is reset, others take over, it comes back empty', () => {
    const system = simple({ replicas: replicas(2), steps: [wait(constant(2000))] });
    const target: Target = { kind: 'service', index: 0, replicas: [0] };
    const result = run(system, scenario({ kind: 'kill', target, ...during }));
    const { reasons } = edgeTotals(result, 0);
    expect(reasons['reset']).toBeGreaterThan(3);
    expect(reasons['reset']).toBeLessThan(20);
    expect(result.intervals[30]!.services[0]!.replicas[0]!.served).toBe(0);
    expect(result.intervals[50]!.services[0]!.replicas[0]!.served).toBeGreaterThan(0);
    const kinds = result.events.map((event) => event.kind);
    expect(kinds).toEqual(['fault-began', 'replica-killed', 'fault-ended', 'replica-back']);
  });

  it('kill: with no replica left nobody is reachable', () => {
    const result = run(simple(), scenario({ kind: 'kill', target: server, ...during }));
    expect(edgeTotals(result, 0, 21_000, 40_000).reasons).toHaveProperty('unreachable');
  });

  it('pause: everything stands still and goes on where it was', () => {
    const result = run(
      simple(),
      scenario({ kind: 'pause', target: server, atMs: 20_000, forMs: 5000 }),
    );
    const { latency, failed } = edgeTotals(result, 0);
    expect(failed).toBe(0);
    expect(latency.max).toBeGreaterThan(4700);
    expect(latency.max).toBeLessThan(5020);
    expect(result.intervals[22]!.services[0]!.served).toBe(0);
  });

  it('burst: more traffic for a while', () => {
    const result = run(
      simple(),
      scenario({ kind: 'burst', source: 0, factor: 5, overMs: 0, ...during }),
    );
    expect(edgeTotals(result, 0, 20_000, 40_000).offered / 20).toBeCloseTo(50, -1);
    expect(edgeTotals(result, 0, 40_000).offered / 20).toBeCloseTo(10, -1);
  });

  it('pauses by itself, as for garbage collection', () => {
    const pauses = [{ every: constant(10_000), time: constant(500) }];
    const { latency } = edgeTotals(run(simple({ pauses })), 0);
    expect(latency.max).toBeGreaterThan(400);
    expect(latency.quantile(0.5)).toBeLessThan(21);
  });
});
