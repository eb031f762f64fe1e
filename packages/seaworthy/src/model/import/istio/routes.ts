import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { PolicyLayer, Route, Setting } from '../landscape.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt, textAt } from '../values/value.ts';
import { hostObjects } from './hosts.ts';
import { subsetsOf } from './destination-rules.ts';
import { istioDefaultLayer, istioRetries } from './defaults.ts';

/** The HTTP and gRPC routes of a VirtualService, a destination each. */
export function routesOf(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
): readonly Route[] {
  if (!isVirtualService(object)) return [];
  return (object.value.get('spec', 'http')?.items ?? []).flatMap((route) => {
    const fault = route.get('fault');
    return (route.get('route')?.items ?? []).map((destination) => ({
      of: 'istio' as const,
      name: object.name,
      at: route.origin,
      host: destination.get('destination', 'host')?.text ?? '',
      subset: textAt(destination, 'destination', 'subset'),
      subsets: subsetsOf(destination.get('destination', 'host')?.text ?? '', objects),
      weight: numberAt(destination, 'weight'),
      matches: (route.get('match')?.items.length ?? 0) > 0,
      timeoutMs: timeoutOf(route),
      tryTimeoutMs: route.get('retries', 'perTryTimeout')?.as(durationOf),
      attempts: attemptsOf(route),
      fault: fault && { value: fault.has('abort') ? 'abort' : 'delay', origin: fault.origin },
    }));
  });
}

function isVirtualService({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'VirtualService' && apiVersion.startsWith('networking.istio.io/');
}

/** What Istio does on the way to a host: the route that takes all that is left, with defaults. */
export function layerTo(
  host: (name: string, namespace: string | undefined) => boolean,
  objects: readonly KubernetesObject[],
): PolicyLayer {
  for (const { object, hosts } of hostObjects(objects, 'VirtualService')) {
    if (!hosts.some((name) => host(name, object.namespace))) continue;
    const routes = object.value.get('spec', 'http')?.items ?? [];
    const route = routes.find((it) => (it.get('match')?.items.length ?? 0) === 0) ?? routes[0];
    if (route !== undefined) return layerOf(route);
  }
  return istioDefaultLayer;
}

function layerOf(route: Value): PolicyLayer {
  const attempts = attemptsOf(route) ?? istioRetries.attempts;
  const timeoutMs = timeoutOf(route) ?? istioDefaultLayer.timeoutMs!;
  const retryOn = route
    .get('retries', 'retryOn')
    ?.as((it) => it.text?.split(',').map((on) => on.trim()));
  const backoffMs = route.get('retries', 'backoff')?.as(durationOf);
  return {
    ...istioDefaultLayer,
    at: attempts.origin.kind === 'file' ? attempts.origin : route.origin,
    attempts,
    timeoutMs,
    // Without one, an attempt has the time of all of them together.
    tryTimeoutMs: route.get('retries', 'perTryTimeout')?.as(durationOf) ?? timeoutMs,
    retryOn: retryOn ?? istioRetries.retryOn,
    backoff:
      backoffMs === undefined
        ? istioRetries.backoff
        : {
            ...istioRetries.backoff,
            baseMs: backoffMs,
            capMs: { ...backoffMs, value: backoffMs.value * 10 },
          },
  };
}

/** `attempts` of Istio are retries; 0 switches them off. */
function attemptsOf(route: Value): Setting<number> | undefined {
  const retries = numberAt(route, 'retries', 'attempts');
  return retries && { ...retries, value: retries.value + 1 };
}

/** `0s` switches it off. */
function timeoutOf(route: Value): Setting<number> | undefined {
  const timeout = route.get('timeout')?.as(durationOf);
  return timeout?.value === 0 ? { ...timeout, value: Infinity } : timeout;
}
