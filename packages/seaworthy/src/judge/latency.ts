import type { Measure } from '../model/model.ts';
import type { Histogram } from '../signals/histogram.ts';
import { samplesNeeded } from './measure.ts';
import { median } from './statistics.ts';
import type { LatencyResult } from './verdict.ts';

/**
 * One histogram a replication: medians of their statistics, where each has enough samples for it.
 */
export function latencyResult(histograms: readonly Histogram[]): LatencyResult {
  let samples = 0;
  for (const histogram of histograms) samples += histogram.count;
  const quantile = (q: number): number | undefined => {
    const what: Measure = { kind: 'latency', statistic: 'quantile', quantile: q };
    const enough = histograms.every((histogram) => histogram.count >= samplesNeeded(what));
    return enough ? middle(histograms.map((histogram) => histogram.quantile(q))) : undefined;
  };
  const some = histograms.filter((histogram) => histogram.count > 0);
  return {
    samples,
    mean: middle(some.map((histogram) => histogram.mean)),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    p999: quantile(0.999),
    max: middle(some.map((histogram) => histogram.max)),
  };
}

function middle(values: readonly number[]): number | undefined {
  return values.length > 0 ? median(values) : undefined;
}
