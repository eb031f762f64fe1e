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
  return objects.filter(isWorkload).map((object) => {
    return workloadOf(object, {
      references,
      secrets,
      serves: servesAs(object, objects),
      autoscaler: autoscalerOf(object, objects),
      disruptionBudget: disruptionBudgetOf(object, objects),
    });
  });
}

/** The Service that selects its pods, where there is exactly one. */
function servesAs(workload: KubernetesObject, objects: readonly KubernetesObject[]): string {
  const labels = podLabels(workload);
  const services = objects.filter(
    (it) =>
      it.kind === 'Service' &&
      it.apiVersion === 'v1' &&
      sameNamespace(it, workload) &&
      selects(labelsAt(it.value, 'spec', 'selector'), labels),
  );
  const names = new Set(services.map((it) => it.name));
  if (names.size === 1) return services[0]!.name;
  // Several: one for outside, one for inside, and often one with its own name.
  return names.has(workload.name) ? workload.name : (services[0]?.name ?? workload.name);
}

function autoscalerOf(
  workload: KubernetesObject,
  objects: readonly KubernetesObject[],
): Autoscaler | undefined {
  const found = objects.find(
    ({ kind, value, ...it }) =>
      kind === 'HorizontalPodAutoscaler' &&
      sameNamespace(it, workload) &&
      value.get('spec', 'scaleTargetRef', 'name')?.text === workload.name &&
      value.get('spec', 'scaleTargetRef', 'kind')?.text === workload.kind,
  );
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
  objects: readonly KubernetesObject[],
): DisruptionBudget | undefined {
  const labels = podLabels(workload);
  const found = objects.find(
    (it) =>
      it.kind === 'PodDisruptionBudget' &&
      sameNamespace(it, workload) &&
      selects(labelsAt(it.value, 'spec', 'selector', 'matchLabels'), labels),
  );
  return (
    found && {
      at: found.value.origin,
      minAvailable: textAt(found.value, 'spec', 'minAvailable'),
      maxUnavailable: textAt(found.value, 'spec', 'maxUnavailable'),
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
