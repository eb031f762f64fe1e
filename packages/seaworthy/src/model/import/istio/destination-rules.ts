import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Outliers, PolicyLayer, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt } from '../values/value.ts';
import { hostObjects } from './hosts.ts';

const page =
  'https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection';

/** What the DestinationRule of a host adds: connections, queues, ejection, retry budget. */
export function destinationOf(
  host: (name: string, namespace: string | undefined) => boolean,
  objects: readonly KubernetesObject[],
): Partial<PolicyLayer> {
  const rule = hostObjects(objects, 'DestinationRule').find(({ object, hosts }) =>
    hosts.some((name) => host(name, object.namespace)),
  );
  const policy = rule?.object.value.get('spec', 'trafficPolicy');
  if (policy === undefined) return {};
  const pool = policy.get('connectionPool');
  const budget = policy.get('retryBudget');
  return defined({
    connectTimeoutMs: pool?.get('tcp', 'connectTimeout')?.as(durationOf),
    connectionsMax: numberAt(pool, 'tcp', 'maxConnections'),
    inFlightMax: numberAt(pool, 'http', 'http2MaxRequests'),
    pendingMax: numberAt(pool, 'http', 'http1MaxPendingRequests'),
    retriesInFlightMax: numberAt(pool, 'http', 'maxRetries'),
    idleTimeoutMs: pool?.get('http', 'idleTimeout')?.as(durationOf),
    outliers: outliersOf(policy.get('outlierDetection')),
    budget: budget && budgetOf(budget),
  });
}

/**
 * The subsets of a host, by all rules that may be about it: by its short name, or with a wildcard.
 * Undefined: there is no such rule.
 */
export function subsetsOf(
  host: string,
  objects: readonly KubernetesObject[],
): readonly string[] | undefined {
  const [short] = host.split('.');
  const rules = hostObjects(objects, 'DestinationRule').filter(({ hosts }) => {
    return hosts.some((name) => name.includes('*') || name.split('.')[0] === short);
  });
  if (rules.length === 0) return undefined;
  return rules.flatMap(({ object }) => {
    const subsets = object.value.get('spec', 'subsets')?.items ?? [];
    return subsets.map((subset) => subset.get('name')?.text ?? '');
  });
}

/** 20 % and at least 3 at once, as Envoy has it. */
function budgetOf(budget: Value): NonNullable<PolicyLayer['budget']> {
  const percent = numberAt(budget, 'percent');
  const source =
    'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto';
  return {
    share: percent ? { ...percent, value: percent.value / 100 } : defaulted(0.2, 'Envoy', source),
    floorInFlight: numberAt(budget, 'minRetryConcurrency') ?? defaulted(3, 'Envoy', source),
  };
}

function outliersOf(detection: Value | undefined): Outliers | undefined {
  if (detection === undefined) return undefined;
  const share = numberAt(detection, 'maxEjectionPercent');
  return {
    consecutive: set(
      numberAt(detection, 'consecutive5xxErrors') ??
        numberAt(detection, 'consecutiveGatewayErrors'),
      5,
    ),
    intervalMs: set(detection.get('interval')?.as(durationOf), 10_000),
    ejectionMs: set(detection.get('baseEjectionTime')?.as(durationOf), 30_000),
    ejectedShareMax: set(share && { ...share, value: share.value / 100 }, 0.1),
  };
}

function set<T>(setting: Setting<T> | undefined, value: T): Setting<T> {
  return setting ?? defaulted(value, 'Istio', page);
}

/** Without the keys that are undefined. */
function defined(layer: {
  [K in keyof PolicyLayer]?: PolicyLayer[K] | undefined;
}): Partial<PolicyLayer> {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined));
}
