import type { Model, Scenario, Target } from '../../model/model.ts';
import { Histogram } from '../../signals/histogram.ts';
import type { Counts, Run } from '../../signals/run.ts';
import { simulate } from '../simulate.ts';
import { constant, edge, model, service, source, wait } from './models.ts';

export function run(system: Model, scenario?: Scenario, seed = 1): Run {
  return simulate(system, { scenario, seed, replication: 0 });
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What an edge did over the whole run, or over a part of it. */
export function edgeTotals(result: Run, index: number, fromMs = 0, toMs = Infinity) {
  const sum = { offered: 0, succeeded: 0, failed: 0, rejected: 0, fallback: 0, attempts: 0 };
  const reasons: Record<string, number> = {};
  const latency = new Histogram();
  for (const interval of result.intervals) {
    if (interval.fromMs < fromMs || interval.toMs > toMs) continue;
    const sample = interval.edges[index];
    if (sample === undefined) throw new Error(`there is no edge ${index}`);
    sum.offered += sample.offered;
    sum.succeeded += sample.succeeded;
    sum.failed += total(sample.failed);
    sum.rejected += total(sample.rejected);
    sum.fallback += total(sample.fallback);
    sum.attempts += sample.attempts;
    latency.merge(sample.latency);
    for (const counts of [sample.failed, sample.rejected]) {
      for (const [word, count] of Object.entries(counts)) {
        reasons[word] = (reasons[word] ?? 0) + count;
      }
    }
  }
  return { ...sum, reasons, latency };
}

/**
 * One service with an edge into it, from 10 users a second, for 60 s, unless the test says
 * otherwise.
 */
export function simple(
  change: Partial<Model['services'][number]> = {},
  policy = {},
  forMs = 60_000,
): Model {
  const server = service('server', [wait(constant(20))], change);
  return model([server], [edge('users', 0, policy)], source(0, 10), forMs);
}

/** The service of {@link simple}, all its replicas. */
export const server: Target = { kind: 'service', index: 0, replicas: undefined };
