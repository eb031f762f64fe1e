import type { Autoscaler, DisruptionBudget, Setting, Workload } from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import { secondsOf } from '../values/units.ts';
import { numberAt, textAt } from '../values/value.ts';
import { kubernetesDefaults as defaults } from './defaults.ts';
import type { KubernetesObject } from './objects.ts';
import { labelsAt, selects } from './objects.ts';
import { References } from './references.ts';
import { isWorkload, podLabels, workloadOf } from './workload.ts';

/** The workloads of all manifests, each with what other objects say of it. */
export function workloadsOf(objects: readonly KubernetesObject[], secrets: Secrets): Workload[] {
  const references = new References(objects, secrets);
  const services = selectors(objects, 'Service', 'spec', 'selector');
  const budgets = selectors(objects, 'PodDisruptionBudget', 'spec', 'selector', 'matchLabels');
  const autoscalers = scalers(objects);
  return objects.filter(isWorkload).map((object) => {
    return workloadOf(object, {
      references,
      secrets,
      serves: servesAs(object, services),
      autoscaler: autoscalerOf(object, autoscalers),
      disruptionBudget: disruptionBudgetOf(object, budgets),
    });
  });
}

/**
 * The Service that selects its pods. Of several, the one that asks for the fewest labels: others
 * are for one version, for outside, or for their metrics.
 */
function servesAs(workload: KubernetesObject, services: readonly Selector[]): string {
  const labels = podLabels(workload);
  const found = services
    .filter((it) => sameNamespace(it.object, workload) && selects(it.labels, labels))
    .toSorted((a, b) => a.count - b.count || a.object.name.length - b.object.name.length);
  return found[0]?.object.name ?? workload.name;
}

/** An object that selects pods, with the labels that it asks for. */
interface Selector {
  readonly object: KubernetesObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
}

function selectors(
  objects: readonly KubernetesObject[],
  kind: string,
  ...path: string[]
): readonly Selector[] {
  return objects
    .filter((it) => it.kind === kind && !it.apiVersion.includes('knative'))
    .map((object) => {
      const labels = labelsAt(object.value, ...path);
      return { object, labels, count: Object.keys(labels).length };
    });
}

/** An autoscaler, with what it scales. */
interface Scaler {
  readonly object: KubernetesObject;
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

function scalers(objects: readonly KubernetesObject[]): readonly Scaler[] {
  return objects
    .filter((it) => it.kind === 'HorizontalPodAutoscaler')
    .map((object) => {
      const target = object.value.get('spec', 'scaleTargetRef');
      return { object, kind: target?.get('kind')?.text, name: target?.get('name')?.text };
    });
}

function autoscalerOf(
  workload: KubernetesObject,
  autoscalers: readonly Scaler[],
): Autoscaler | undefined {
  const found = autoscalers.find(
    ({ object, kind, name }) =>
      kind === workload.kind && name === workload.name && sameNamespace(object, workload),
  )?.object;
  if (found === undefined) return undefined;
  const spec = found.value.get('spec')!;
  const max = numberAt(spec, 'maxReplicas');
  if (max === undefined) return undefined;
  const metrics = spec.get('metrics')?.items ?? [];
  const cpu = metrics.find((it) => it.get('resource', 'name')?.text === 'cpu');
  const utilisation =
    numberAt(cpu, 'resource', 'target', 'averageUtilization') ??
    numberAt(spec, 'targetCPUUtilizationPercentage');
  return {
    at: found.value.origin,
    min: numberAt(spec, 'minReplicas') ?? defaults.minReplicas,
    max,
    metrics: metrics.map((it) => nameOf(it)).filter((it) => it !== undefined),
    cpuTargetShare: utilisation && { ...utilisation, value: utilisation.value / 100 },
    scaleUpStabilisationMs:
      spec.get('behavior', 'scaleUp', 'stabilizationWindowSeconds')?.as(secondsOf) ??
      defaults.scaleUpStabilisationMs,
  };

  function nameOf(metric: (typeof metrics)[number]): Setting<string> | undefined {
    return (
      textAt(metric, 'resource', 'name') ??
      textAt(metric, 'containerResource', 'name') ??
      textAt(metric, 'pods', 'metric', 'name') ??
      textAt(metric, 'object', 'metric', 'name') ??
      textAt(metric, 'external', 'metric', 'name')
    );
  }
}

function disruptionBudgetOf(
  workload: KubernetesObject,
  budgets: readonly Selector[],
): DisruptionBudget | undefined {
  const labels = podLabels(workload);
  const value = budgets.find(
    (it) => sameNamespace(it.object, workload) && selects(it.labels, labels),
  )?.object.value;
  return (
    value && {
      at: value.origin,
      minAvailable: textAt(value, 'spec', 'minAvailable'),
      maxUnavailable: textAt(value, 'spec', 'maxUnavailable'),
    }
  );
}

/** One that names none is in the one of whoever applies it, and so in the same. */
function sameNamespace(
  a: { readonly namespace: string | undefined },
  b: { readonly namespace: string | undefined },
): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
