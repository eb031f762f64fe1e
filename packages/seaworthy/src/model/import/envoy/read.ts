import type { PolicyLayer, Route, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt } from '../values/value.ts';
import { clusterLayer } from './cluster.ts';
import { rateLimitOf } from './rate-limit.ts';

const api = 'https://www.envoyproxy.io/docs/envoy/latest/api-v3';
const routePage = `${api}/config/route/v3/route_components.proto`;

/** What a proxy says of the calls to one host. */
export interface ProxiedHost {
  /** The first address of the cluster, or its name. */
  readonly host: string;
  readonly layer: PolicyLayer;
  readonly route: Route;
}

/** The routes of an Envoy bootstrap, each with its cluster. */
export function readEnvoy(file: Value): readonly ProxiedHost[] {
  const resources = file.get('static_resources');
  const clusters = resources?.get('clusters')?.items ?? [];
  return routesUnder(resources).flatMap(({ route, within }) => {
    const limit = rateLimitOf([route, ...within]);
    const action = route.get('route');
    const name = action?.get('cluster')?.text;
    const cluster = clusters.find((it) => it.get('name')?.text === name);
    if (action === undefined || name === undefined) return [];
    const host = addressOf(cluster) ?? name;
    const layer = layerOf(action, cluster);
    return [
      {
        host,
        layer,
        route: {
          of: 'envoy' as const,
          name,
          at: route.origin,
          host,
          subset: undefined,
          subsets: undefined,
          weight: undefined,
          matches: route.get('match', 'prefix')?.text !== '/',
          timeoutMs: timeoutOf(action),
          tryTimeoutMs: action.get('retry_policy', 'per_try_timeout')?.as(durationOf),
          attempts: attemptsOf(action),
          fault: undefined,
          ...(limit && { ratePerSecondMax: limit }),
        },
      },
    ];
  });
}

/** A route, and what it stands in, innermost first: its virtual host, its connection manager. */
interface FoundRoute {
  readonly route: Value;
  readonly within: readonly Value[];
}

/** Virtual hosts stand deep within filters, at a place that depends on the kind of listener. */
function routesUnder(
  value: Value | undefined,
  managers: readonly Value[] = [],
  depth = 0,
): readonly FoundRoute[] {
  if (value === undefined || depth > 20) return [];
  const hosts = value.get('virtual_hosts');
  if (hosts?.isList) {
    return hosts.items.flatMap((host) =>
      (host.get('routes')?.items ?? []).map((route) => ({ route, within: [host, ...managers] })),
    );
  }
  const inner = value.isList ? value.items : value.entries.map(([, it]) => it);
  const known = value.has('http_filters') ? [value, ...managers] : managers;
  return inner.flatMap((it) => routesUnder(it, known, depth + 1));
}

function addressOf(cluster: Value | undefined): string | undefined {
  const endpoints = cluster?.get('load_assignment', 'endpoints')?.items ?? [];
  const first = endpoints[0]?.get('lb_endpoints', 0, 'endpoint', 'address', 'socket_address');
  return first?.get('address')?.text;
}

function layerOf(action: Value, cluster: Value | undefined): PolicyLayer {
  const timeoutMs =
    timeoutOf(action) ??
    defaulted(
      15_000,
      'Envoy',
      `${routePage}#envoy-v3-api-field-config-route-v3-routeaction-timeout`,
    );
  const retry = action.get('retry_policy');
  const retryOn = retry?.get('retry_on')?.as((it) => it.text?.split(',').map((on) => on.trim()));
  const one = defaulted(1, 'Envoy', routePage);
  return {
    who: 'envoy',
    kind: 'proxy',
    at: action.origin,
    timeoutMs,
    tryTimeoutMs: retry?.get('per_try_timeout')?.as(durationOf) ?? timeoutMs,
    attempts: attemptsOf(action) ?? one,
    ...(retryOn === undefined ? {} : { retryOn }),
    ...(retry === undefined ? {} : { backoff: backoffOf(retry) }),
    ...clusterLayer(cluster),
  };
}

/** `0s` switches it off. */
function timeoutOf(action: Value): Setting<number> | undefined {
  const timeout = action.get('timeout')?.as(durationOf);
  return timeout?.value === 0 ? { ...timeout, value: Infinity } : timeout;
}

/** One retry unless it says how many; none without a condition. */
function attemptsOf(action: Value): Setting<number> | undefined {
  const retry = action.get('retry_policy');
  if (retry?.get('retry_on') === undefined) return undefined;
  const retries = numberAt(retry, 'num_retries');
  if (retries !== undefined) return { ...retries, value: retries.value + 1 };
  const field = 'envoy-v3-api-field-config-route-v3-retrypolicy-num-retries';
  return defaulted(2, 'Envoy', `${routePage}#${field}`);
}

/** 25 ms and at most ten times the base, fully jittered, unless it says otherwise. */
function backoffOf(retry: Value): NonNullable<PolicyLayer['backoff']> {
  const page = `${routePage}#config-route-v3-retrypolicy-retrybackoff`;
  const baseMs =
    retry.get('retry_back_off', 'base_interval')?.as(durationOf) ?? defaulted(25, 'Envoy', page);
  return {
    baseMs,
    capMs:
      retry.get('retry_back_off', 'max_interval')?.as(durationOf) ??
      defaulted(baseMs.value * 10, 'Envoy', page),
    jitterShare: defaulted(1, 'Envoy', page),
  };
}
