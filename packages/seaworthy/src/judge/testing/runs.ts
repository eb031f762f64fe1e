import { namesOf } from '../../model/names.ts';
import { Histogram } from '../../signals/histogram.ts';
import { edgeSample, serviceSample } from '../../signals/testing/samples.ts';
import type { EdgeSample, Interval, Run } from '../../signals/run.ts';
import type { Model, Objective } from '../../model/model.ts';

/** Runs by hand, for tests: what a test does not name did not happen. */

/** As many values of each time as are given: `times([100, 20])` is 100 values of 20 ms. */
export function times(
  ...counts: readonly (readonly [count: number, valueMs: number])[]
): Histogram {
  const histogram = new Histogram();
  for (const [count, valueMs] of counts) histogram.recordMany(valueMs, count);
  return histogram;
}

/** Calls of one second that all succeed, each in the same time. */
export function goodCalls(count: number, latencyMs: number): EdgeSample {
  return edgeSample({
    offered: count,
    succeeded: count,
    attempts: count,
    latency: times([count, latencyMs]),
  });
}

/** Calls of one second of which some fail for the given reason. */
export function mixedCalls(good: number, bad: number, latencyMs: number): EdgeSample {
  return edgeSample({
    offered: good + bad,
    succeeded: good,
    failed: { timeout: bad },
    attempts: good + bad,
    attemptsFailed: { timeout: bad },
    latency: times([good, latencyMs]),
  });
}

type Samples = Pick<Interval, 'edges'> & Partial<Pick<Interval, 'services'>>;

/** One interval a second, as the function gives it; without a warm-up. */
export function runOf(
  model: Model,
  seconds: number,
  at: (second: number) => Samples,
  seed: number = 1,
): Run {
  const intervals = Array.from({ length: seconds }, (_, second): Interval => {
    const services = model.services.map(() => serviceSample());
    return {
      fromMs: second * 1000,
      toMs: (second + 1) * 1000,
      services,
      queues: [],
      rows: [],
      ...at(second),
    };
  });
  return {
    header: {
      schema: 1,
      world: 'simulate',
      engineVersion: 'test',
      model: { name: model.name, hash: '', environment: undefined },
      scenario: 'test',
      seed,
      replication: 0,
      durationMs: seconds * 1000,
      warmUpMs: model.run.warmUpMs,
      intervalMs: 1000,
      ...namesOf(model),
      queues: [],
      rows: [],
      status: 'complete',
    },
    intervals,
    events: [],
    eventsDropped: 0,
  };
}

/** `p99 < limit` and the like, about the first source unless the test says otherwise. */
export function objective(change: Partial<Objective> & Pick<Objective, 'measure'>): Objective {
  return {
    text: 'objective',
    subject: { kind: 'source', index: 0 },
    comparison: '<',
    required: 0,
    window: undefined,
    ...change,
  };
}

export const p99 = { kind: 'latency', statistic: 'quantile', quantile: 0.99 } as const;
export const success = { kind: 'success' } as const;
export const recovery = { kind: 'recovery' } as const;
