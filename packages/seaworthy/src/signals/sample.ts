import type { Model } from '../model/model.ts';
import { Histogram } from './histogram.ts';
import type { Counts, Interval } from './run.ts';

/** What is worth showing of an interval while the run goes on. */
export interface Sample {
  /** The end of the interval. */
  readonly atMs: number;
  /** Tasks of all sources. */
  readonly offeredPerSecond: number;
  readonly goodputPerSecond: number;
  /** From the intended start, all sources; undefined where nothing was answered. */
  readonly p99Ms: number | undefined;
  /** Of all edges, the one with most. */
  readonly attemptsPerTask: number;
  /** The edges whose breakers were not all closed. */
  readonly breakersOpen: readonly string[];
}

export function sampleOf(model: Model, interval: Interval): Sample {
  const seconds = (interval.toMs - interval.fromMs) / 1000;
  const latency = new Histogram();
  let offered = 0;
  let good = 0;
  for (const source of model.sources) {
    const edge = interval.edges[source.edge];
    if (edge === undefined) continue;
    offered += edge.offered;
    good += edge.succeeded + sum(edge.fallback);
    latency.merge(edge.latency);
  }
  const density = interval.edges.map((edge) =>
    edge.offered === 0 ? 0 : edge.attempts / edge.offered,
  );
  return {
    atMs: interval.toMs,
    offeredPerSecond: offered / seconds,
    goodputPerSecond: good / seconds,
    p99Ms: latency.count === 0 ? undefined : latency.quantile(0.99),
    attemptsPerTask: Math.max(0, ...density),
    breakersOpen: model.edges
      .filter((_, index) => (interval.edges[index]?.breakerOpenShare ?? 0) > 0)
      .map((edge) => edge.name),
  };
}

function sum(counts: Counts): number {
  let all = 0;
  for (const count of Object.values(counts)) all += count;
  return all;
}
