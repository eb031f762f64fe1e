import type { Setting } from '../landscape.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt } from '../values/value.ts';

const filter = 'envoy.filters.http.local_ratelimit';
const denominators: Readonly<Record<string, number>> = { TEN_THOUSAND: 10_000, MILLION: 1_000_000 };

/**
 * Requests a second that the local rate limit of an Envoy lets through: what a route says, else its
 * virtual host, else the filters of its listener. Undefined: there is none, or it is not in force
 * for all requests, as by default.
 */
export function rateLimitOf(innermostFirst: readonly Value[]): Setting<number> | undefined {
  for (const value of innermostFirst) {
    const filters = value.get('http_filters')?.items ?? [];
    const config =
      value.get('typed_per_filter_config', filter) ??
      filters.find((it) => it.get('name')?.text === filter)?.get('typed_config');
    if (config !== undefined) return limitIn(config);
  }
  return undefined;
}

function limitIn(config: Value): Setting<number> | undefined {
  const bucket = config.get('token_bucket');
  const intervalMs = bucket?.get('fill_interval')?.as(durationOf);
  if (bucket === undefined || intervalMs === undefined || intervalMs.value <= 0) return undefined;
  const isInForce = ['filter_enabled', 'filter_enforced'].every((key) => isForAll(config.get(key)));
  const tokens = numberAt(bucket, 'tokens_per_fill');
  if (!isInForce) return undefined;
  const value = ((tokens?.value ?? 1) * 1000) / intervalMs.value;
  return { value, origin: tokens?.origin ?? intervalMs.origin };
}

function isForAll(share: Value | undefined): boolean {
  const value = share?.get('default_value');
  const denominator = denominators[value?.get('denominator')?.text ?? ''] ?? 100;
  return (numberAt(value, 'numerator')?.value ?? 0) >= denominator;
}
