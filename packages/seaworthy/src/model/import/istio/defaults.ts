import type { PolicyLayer } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';

const of = 'Istio';
/** The source and the page of what Istio does to every HTTP route that says nothing of retries. */
const retrySource =
  'https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/route/retry/retry.go';
const timeoutPage = 'https://istio.io/latest/docs/concepts/traffic-management/#timeouts';
const connectPage =
  'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-TCPSettings';
const poolPage =
  'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings-HTTPSettings';

/** 25 ms, ten times that at most, drawn from the whole: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-max-retries */
const backoffSource =
  'https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-retrypolicy-retrybackoff';

/** Two retries, on what has not been worked on: the layer that nobody writes down. */
export const istioRetries = {
  attempts: defaulted(3, of, retrySource),
  retryOn: defaulted(
    ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'],
    of,
    retrySource,
  ),
  backoff: {
    baseMs: defaulted(25, 'Envoy', backoffSource),
    capMs: defaulted(250, 'Envoy', backoffSource),
    jitterShare: defaulted(1, 'Envoy', backoffSource),
  },
};

/** What a sidecar of Istio does on an edge that no file speaks of. */
export const istioDefaultLayer: PolicyLayer = {
  who: 'istio',
  kind: 'mesh',
  at: istioRetries.attempts.origin,
  timeoutMs: defaulted(Infinity, of, timeoutPage),
  tryTimeoutMs: defaulted(Infinity, of, timeoutPage),
  connectTimeoutMs: defaulted(10_000, of, connectPage),
  inFlightMax: defaulted(Infinity, of, poolPage),
  ...istioRetries,
};
