import type { PolicyLayer, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt } from '../values/value.ts';

const api = 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3';
const breakerPage = `${api}/circuit_breaker.proto`;
const outlierPage = `${api}/outlier_detection.proto`;
const clusterPage = `${api}/cluster.proto`;

/** What an Envoy cluster adds to its routes; Envoy bounds it even where the file does not. */
export function clusterLayer(cluster: Value | undefined): Partial<PolicyLayer> {
  const thresholds = cluster?.get('circuit_breakers', 'thresholds', 0);
  const bound = (key: string, value: number): Setting<number> =>
    numberAt(thresholds, key) ?? defaulted(value, 'Envoy', breakerPage);
  const budget = thresholds?.get('retry_budget');
  const outliers = cluster?.get('outlier_detection');
  return {
    connectTimeoutMs:
      cluster?.get('connect_timeout')?.as(durationOf) ?? defaulted(5000, 'Envoy', clusterPage),
    connectionsMax: bound('max_connections', 1024),
    pendingMax: bound('max_pending_requests', 1024),
    inFlightMax: bound('max_requests', 1024),
    retriesInFlightMax: bound('max_retries', 3),
    ...(budget === undefined ? {} : { budget: budgetOf(budget) }),
    ...(outliers === undefined ? {} : { outliers: outliersOf(outliers) }),
  };
}

function budgetOf(budget: Value): NonNullable<PolicyLayer['budget']> {
  const percent = numberAt(budget, 'budget_percent', 'value');
  return {
    share: percent
      ? { ...percent, value: percent.value / 100 }
      : defaulted(0.2, 'Envoy', breakerPage),
    floorInFlight: numberAt(budget, 'min_retry_concurrency') ?? defaulted(3, 'Envoy', breakerPage),
  };
}

function outliersOf(outliers: Value): NonNullable<PolicyLayer['outliers']> {
  const share = numberAt(outliers, 'max_ejection_percent');
  return {
    consecutive: numberAt(outliers, 'consecutive_5xx') ?? defaulted(5, 'Envoy', outlierPage),
    intervalMs: outliers.get('interval')?.as(durationOf) ?? defaulted(10_000, 'Envoy', outlierPage),
    ejectionMs:
      outliers.get('base_ejection_time')?.as(durationOf) ?? defaulted(30_000, 'Envoy', outlierPage),
    ejectedShareMax: share
      ? { ...share, value: share.value / 100 }
      : defaulted(0.1, 'Envoy', outlierPage),
  };
}
