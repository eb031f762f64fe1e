import { describe, expect, it } from 'vitest';

import type { Measure, Model } from '../model/model.ts';
import * as build from '../simulate/testing/models.ts';
import { measure, samplesNeeded } from './measure.ts';
import { edgeSample, serviceSample } from '../signals/testing/samples.ts';
import { runOf, times } from './testing/runs.ts';

const server = build.service('server', []);
const model: Model = build.model(
  [server, build.service('other', [])],
  [build.edge('users', 0), build.edge(1, 0), build.edge(0, 1)],
  build.source(0, 10),
  10_000,
);

/** Two edges into the service, and the service itself, the same each second. */
const run = runOf(model, 10, () => ({
  edges: [
    edgeSample({
      offered: 40,
      succeeded: 30,
      fallback: { 'breaker-open': 5 },
      failed: { timeout: 3, error: 1 },
      rejected: { 'queue-full': 1 },
      attempts: 50,
      latency: times([35, 10]),
      wait: times([50, 2]),
      inFlightMean: 4,
      queueMean: 1,
      limit: 8,
    }),
    edgeSample({ offered: 10, succeeded: 10, attempts: 10, latency: times([10, 100]) }),
    edgeSample(),
  ],
  services: [
    serviceSample({
      served: 40,
      wastedMs: 50,
      busyMs: 200,
      wait: times([40, 3]),
      serviceTime: times([40, 5]),
      inFlightMean: 2,
      queueMean: 6,
      utilisation: 0.5,
    }),
    serviceSample(),
  ],
}));

const all = { fromMs: 0, toMs: 10_000 };
const source = { kind: 'source', index: 0 } as const;
const service = { kind: 'service', index: 0 } as const;
const edge = { kind: 'edge', index: 1 } as const;

function value(subject: Parameters<typeof measure>[2], what: Measure, span = all): number {
  return measure(model, run, subject, what, span).value;
}

function needed(quantile: number): number {
  return samplesNeeded({ kind: 'latency', statistic: 'quantile', quantile });
}

describe('measure', () => {
  it('has the shares of settled calls', () => {
    expect(value(source, { kind: 'success' })).toBe(30 / 40);
    expect(value(source, { kind: 'fallback' })).toBe(5 / 40);
    expect(value(source, { kind: 'failed' })).toBe(4 / 40);
    expect(value(source, { kind: 'rejected' })).toBe(1 / 40);
  });

  it('has rates and attempts', () => {
    expect(value(source, { kind: 'offered' })).toBe(40);
    expect(value(source, { kind: 'goodput' })).toBe(30);
    expect(value(source, { kind: 'throughput' })).toBe(39);
    expect(value(source, { kind: 'attempts' })).toBe(1.25);
  });

  it('takes all edges into a service together', () => {
    expect(value(service, { kind: 'offered' })).toBe(50);
    expect(value(service, { kind: 'success' })).toBe(40 / 50);
    const mean = { kind: 'latency', statistic: 'mean', quantile: 0 } as const;
    expect(value(service, mean)).toBeCloseTo((350 + 1000) / 45, 9);
    expect(value(edge, mean)).toBeCloseTo(100, 9);
  });

  it('takes what the service itself saw from the service', () => {
    const mean = { statistic: 'mean', quantile: 0 } as const;
    expect(value(service, { kind: 'wait', ...mean })).toBe(3);
    expect(value(source, { kind: 'wait', ...mean })).toBe(2);
    expect(value(service, { kind: 'service-time', ...mean })).toBe(5);
    expect(value(service, { kind: 'in-flight' })).toBe(2);
    expect(value(service, { kind: 'queue' })).toBe(6);
    expect(value(service, { kind: 'in-system' })).toBe(8);
    expect(value(service, { kind: 'utilisation' })).toBe(0.5);
    expect(value(service, { kind: 'wasted' })).toBe(0.25);
  });

  it('takes the limit of an edge for its levels', () => {
    expect(value(source, { kind: 'in-flight' })).toBe(4);
    expect(value(source, { kind: 'in-system' })).toBe(5);
    expect(value(source, { kind: 'utilisation' })).toBe(0.5);
    expect(value(edge, { kind: 'utilisation' })).toBeNaN();
  });

  it('rounds a window to whole intervals by their middle', () => {
    const measured = measure(model, run, source, { kind: 'offered' }, { fromMs: 1400, toMs: 3600 });
    expect(measured.seconds).toBe(3);
    expect(measured.samples).toBe(120);
  });

  it('measures nothing where nothing happened', () => {
    const none = { kind: 'edge', index: 2 } as const;
    expect(value(none, { kind: 'success' })).toBeNaN();
    expect(value(none, { kind: 'latency', statistic: 'mean', quantile: 0 })).toBeNaN();
  });

  it('needs ten samples beyond a percentile', () => {
    expect(needed(0.5)).toBe(20);
    expect(needed(0.9)).toBe(100);
    expect(needed(0.99)).toBe(1000);
    expect(needed(0.999)).toBe(10_000);
    expect(samplesNeeded({ kind: 'success' })).toBe(1);
  });
});
