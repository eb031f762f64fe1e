import type { Autoscaler, DisruptionBudget, Rollout, Schedule, Setting } from '../landscape.ts';
import type { Workload } from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import { secondsOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt, textAt } from '../values/value.ts';
import { containerOf } from './container.ts';
import { kubernetesDefaults as defaults } from './defaults.ts';
import type { KubernetesObject } from './objects.ts';
import { labelsAt } from './objects.ts';
import type { References } from './references.ts';

const workloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'Rollout',
] as const;

type WorkloadKind = (typeof workloadKinds)[number];

export function isWorkload(object: KubernetesObject): boolean {
  return (workloadKinds as readonly string[]).includes(object.kind) && podOf(object) !== undefined;
}

/** What stands around a workload in other objects. */
export interface Surroundings {
  readonly references: References;
  readonly secrets: Secrets;
  readonly serves: string;
  readonly autoscaler: Autoscaler | undefined;
  readonly disruptionBudget: DisruptionBudget | undefined;
}

/** A workload with what other objects say of it. */
export function workloadOf(object: KubernetesObject, around: Surroundings): Workload {
  const { value } = object;
  const pod = podOf(object)!;
  const containers = (key: string): Workload['containers'] =>
    (pod.get('spec', key)?.items ?? []).map((it) =>
      containerOf(it, around.references, around.secrets),
    );
  return {
    name: object.name,
    serves: around.serves,
    kind: object.kind as WorkloadKind,
    platform: 'kubernetes',
    namespace: object.namespace,
    at: (value.get('metadata', 'name') ?? value).origin,
    labels: podLabels(object),
    annotations: annotationsOf(pod),
    replicas: numberAt(value, 'spec', 'replicas') ?? defaults.replicas,
    containers: containers('containers'),
    initContainers: containers('initContainers'),
    graceMs: pod.get('spec', 'terminationGracePeriodSeconds')?.as(secondsOf) ?? defaults.graceMs,
    autoscaler: around.autoscaler,
    disruptionBudget: around.disruptionBudget,
    spread: spreadOf(pod),
    rollout: rolloutOf(object),
    revisionsKept: numberAt(value, 'spec', 'revisionHistoryLimit'),
    dependsOn: [],
    restart: textAt(pod, 'spec', 'restartPolicy'),
    dnsNdots: ndotsOf(pod),
    schedule: scheduleOf(object),
  };
}

/** The labels of its pods. */
export function podLabels(object: KubernetesObject): Record<string, string> {
  return labelsAt(podOf(object), 'metadata', 'labels');
}

function podOf({ kind, value }: KubernetesObject): Value | undefined {
  if (kind === 'Pod') return value;
  if (kind === 'CronJob') return value.get('spec', 'jobTemplate', 'spec', 'template');
  return value.get('spec', 'template');
}

function annotationsOf(pod: Value): Record<string, Setting<string>> {
  const annotations: Record<string, Setting<string>> = {};
  for (const [key, value] of pod.get('metadata', 'annotations')?.entries ?? []) {
    const setting = value.as((it) => it.text);
    if (setting !== undefined) annotations[key] = setting;
  }
  return annotations;
}

function spreadOf(pod: Value): Workload['spread'] {
  const constraints = pod.get('spec', 'topologySpreadConstraints');
  if (constraints !== undefined && constraints.items.length > 0) {
    return { value: 'topology-spread', origin: constraints.origin };
  }
  const affinity = pod.get('spec', 'affinity', 'podAntiAffinity');
  return affinity && { value: 'anti-affinity', origin: affinity.origin };
}

/** Of Deployments alone: the others replace their pods one by one. */
function rolloutOf({ kind, value }: KubernetesObject): Rollout | undefined {
  if (kind !== 'Deployment') return undefined;
  const strategy = value.get('spec', 'strategy');
  const none = strategy?.get('type')?.text === 'Recreate';
  if (none) {
    const origin = strategy.origin;
    return { maxSurge: { value: '0', origin }, maxUnavailable: { value: '100%', origin } };
  }
  return {
    maxSurge: textAt(strategy, 'rollingUpdate', 'maxSurge') ?? defaults.maxSurge,
    maxUnavailable: textAt(strategy, 'rollingUpdate', 'maxUnavailable') ?? defaults.maxUnavailable,
  };
}

function ndotsOf(pod: Value): Setting<number> | undefined {
  const options = pod.get('spec', 'dnsConfig', 'options')?.items ?? [];
  return numberAt(
    options.find((it) => it.get('name')?.text === 'ndots'),
    'value',
  );
}

function scheduleOf({ kind, value }: KubernetesObject): Schedule | undefined {
  const cron = textAt(value, 'spec', 'schedule');
  if (kind !== 'CronJob' || cron === undefined) return undefined;
  return {
    cron,
    concurrencyPolicy: textAt(value, 'spec', 'concurrencyPolicy') ?? defaults.concurrencyPolicy,
    startingDeadlineMs: value.get('spec', 'startingDeadlineSeconds')?.as(secondsOf),
    activeDeadlineMs: value
      .get('spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds')
      ?.as(secondsOf),
  };
}
