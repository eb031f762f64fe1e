import type { Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';

const concepts = 'https://kubernetes.io/docs/concepts';
const tasks = 'https://kubernetes.io/docs/tasks';

/** A default of Kubernetes, with the page that says so. */
function platform<T>(value: T, page: string): Setting<T> {
  return defaulted(value, 'Kubernetes', page);
}

const probes = `${tasks}/configure-pod-container/configure-liveness-readiness-startup-probes/`;
const deployment = `${concepts}/workloads/controllers/deployment/`;

/** What Kubernetes fills in where a manifest says nothing. */
export const kubernetesDefaults = {
  replicas: platform(1, `${deployment}#replicas`),
  graceMs: platform(30_000, `${concepts}/workloads/pods/pod-lifecycle/#pod-termination`),
  maxSurge: platform('25%', `${deployment}#max-surge`),
  maxUnavailable: platform('25%', `${deployment}#max-unavailable`),
  initialDelayMs: platform(0, `${probes}#configure-probes`),
  periodMs: platform(10_000, `${probes}#configure-probes`),
  probeTimeoutMs: platform(1000, `${probes}#configure-probes`),
  failureThreshold: platform(3, `${probes}#configure-probes`),
  successThreshold: platform(1, `${probes}#configure-probes`),
  minReplicas: platform(1, `${tasks}/run-application/horizontal-pod-autoscale/`),
  scaleUpStabilisationMs: platform(
    0,
    `${tasks}/run-application/horizontal-pod-autoscale/#stabilization-window`,
  ),
  concurrencyPolicy: platform(
    'Allow',
    `${concepts}/workloads/controllers/cron-jobs/#concurrency-policy`,
  ),
};
