import type {
  Backoff,
  Breaker,
  CallEdge,
  Landscape,
  Outliers,
  PolicyLayer,
  Setting,
} from '../../../model/import/landscape.ts';
import type { EffectiveValue } from '../kinds.ts';
import { majorOf, party, type Row, valuesOf } from './values.ts';

/** What stands between callers and callees: policies that must be the ones that were rehearsed. */
export function edgeValues({ edges, mesh }: Landscape): readonly EffectiveValue[] {
  const { version } = mesh ?? {};
  const major = version && { ...version, value: majorOf(version.value) };
  return [
    ...valuesOf(mesh?.name ?? 'mesh', [['major version', 'equal', 'text', major]]),
    ...edges.flatMap(valuesOfEdge),
  ];
}

function valuesOfEdge({ from, to, layers }: CallEdge): readonly EffectiveValue[] {
  const subject = `${from} -> ${to}`;
  return layers.flatMap((layer) => {
    const who = party(layer.who);
    const named = (rows: readonly Row[]): readonly Row[] => {
      return rows.map(([name, ...rest]) => [`${name} of ${who}`, ...rest]);
    };
    return [
      ...valuesOf(subject, named(limits(layer))),
      ...valuesOf(subject, named(retries(layer)), `retries of ${who}`),
      ...valuesOf(subject, named(breakerRows(layer.breaker)), `breaker of ${who}`),
      ...valuesOf(subject, named(outlierRows(layer.outliers)), `ejection of ${who}`),
    ];
  });
}

function limits(layer: PolicyLayer): readonly Row[] {
  return [
    ['timeout', 'equal', 'duration', layer.timeoutMs],
    ['timeout of one try', 'equal', 'duration', layer.tryTimeoutMs],
    ['connect timeout', 'equal', 'duration', layer.connectTimeoutMs],
    ['idle timeout', 'equal', 'duration', layer.idleTimeoutMs],
    ['wait for a connection', 'equal', 'duration', layer.acquireTimeoutMs],
    ['hedge delay', 'equal', 'duration', layer.hedgeAfterMs],
    ['fallback', 'equal', 'text', layer.fallback],
    ['attempts in flight at most', 'scale', 'count', layer.inFlightMax],
    ['connections at most', 'scale', 'count', layer.connectionsMax],
    ['waiting attempts at most', 'scale', 'count', layer.pendingMax],
    ['retries in flight at most', 'scale', 'count', layer.retriesInFlightMax],
  ];
}

function retries({
  attempts,
  backoff,
  retryOn,
  retryMethods,
  budget,
  honoursRetryAfter,
}: PolicyLayer): readonly Row[] {
  return [
    ['attempts', 'equal', 'count', attempts],
    ['conditions of retries', 'equal', 'text', listed(retryOn)],
    ['methods that are retried', 'equal', 'text', listed(retryMethods)],
    ['Retry-After', 'equal', 'text', honoursRetryAfter],
    ...backoffRows(backoff),
    ['share of the retry budget', 'equal', 'share', budget?.share],
    ['floor of the retry budget', 'equal', 'rate', budget?.floorPerSecond],
    ['retries at once whatever the traffic', 'equal', 'count', budget?.floorInFlight],
  ];
}

function backoffRows(backoff: Backoff | undefined): readonly Row[] {
  return [
    ['first delay before a retry', 'equal', 'duration', backoff?.baseMs],
    ['longest delay before a retry', 'equal', 'duration', backoff?.capMs],
    ['growth of the delay', 'equal', 'count', backoff?.factor],
    ['jitter of the delay', 'equal', 'share', backoff?.jitterShare],
  ];
}

function breakerRows(breaker: Breaker | undefined): readonly Row[] {
  return [
    ['failures that open the breaker', 'equal', 'share', breaker?.failureShare],
    ['failures in a row that open the breaker', 'equal', 'count', breaker?.consecutive],
    ['calls that the breaker needs', 'equal', 'count', breaker?.volume],
    ['window of the breaker', 'equal', 'duration', breaker?.windowMs],
    ['open time of the breaker', 'equal', 'duration', breaker?.openMs],
    ['probes of the breaker', 'equal', 'count', breaker?.probes],
    ['timeout of the breaker', 'equal', 'duration', breaker?.timeoutMs],
  ];
}

function outlierRows(outliers: Outliers | undefined): readonly Row[] {
  return [
    ['failures in a row that eject', 'equal', 'count', outliers?.consecutive],
    ['interval between ejections', 'equal', 'duration', outliers?.intervalMs],
    ['time of an ejection', 'equal', 'duration', outliers?.ejectionMs],
    ['ejected at most', 'equal', 'share', outliers?.ejectedShareMax],
  ];
}

/** The order of a set of conditions says nothing. */
function listed(setting: Setting<readonly string[]> | undefined): Setting<string> | undefined {
  return setting && { ...setting, value: setting.value.toSorted().join(', ') };
}
