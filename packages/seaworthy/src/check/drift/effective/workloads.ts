import type {
  Container,
  Probe,
  Runtime,
  Setting,
  Workload,
} from '../../../model/import/landscape.ts';
import type { EffectiveValue } from '../kinds.ts';
import { majorOf, type Row, valuesOf } from './values.ts';

/** What a workload runs with. */
export function workloadValues(workload: Workload): readonly EffectiveValue[] {
  const { autoscaler, rollout } = workload;
  const rows: readonly Row[] = [
    ['replicas', 'scale', 'count', workload.replicas],
    ['replicas at least', 'scale', 'count', autoscaler?.min],
    ['replicas at most', 'scale', 'count', autoscaler?.max],
    ['utilisation that scales it', 'equal', 'share', autoscaler?.cpuTargetShare],
    ['stabilisation of scaling up', 'equal', 'duration', autoscaler?.scaleUpStabilisationMs],
    ['grace period', 'equal', 'duration', workload.graceMs],
    ['restart policy', 'equal', 'text', workload.restart],
    ['surge of a rollout', 'equal', 'text', rollout?.maxSurge],
    ['missing during a rollout', 'equal', 'text', rollout?.maxUnavailable],
    ['ndots', 'equal', 'count', workload.dnsNdots],
  ];
  return [
    ...valuesOf(workload.serves, rows),
    ...workload.containers.flatMap((container) => containerValues(workload, container)),
  ];
}

/** The workload, and which of its containers where it has several. */
export function containerSubject({ containers, serves }: Workload, { name }: Container): string {
  return containers.length > 1 ? `${serves}/${name}` : serves;
}

function containerValues(workload: Workload, container: Container): readonly EffectiveValue[] {
  const subject = containerSubject(workload, container);
  const { resources } = container;
  const rows: readonly Row[] = [
    ['CPU request', 'scale', 'count', resources.cpuRequestCores],
    ['CPU limit', 'scale', 'count', resources.cpuLimitCores],
    ['memory request', 'scale', 'size', resources.memoryRequestBytes],
    ['memory limit', 'scale', 'size', resources.memoryLimitBytes],
    ['open files at most', 'scale', 'count', container.openFilesMax],
    ['sleep before stop', 'equal', 'duration', container.preStop?.sleepMs],
    ...runtimeRows(container.runtime),
  ];
  return [
    ...valuesOf(subject, rows),
    ...probeValues(subject, 'readiness probe', container.readiness),
    ...probeValues(subject, 'liveness probe', container.liveness),
    ...probeValues(subject, 'startup probe', container.startup),
    ...probeValues(subject, 'health check', container.healthCheck),
  ];
}

function probeValues(
  subject: string,
  what: string,
  probe: Probe | undefined,
): readonly EffectiveValue[] {
  const rows: readonly Row[] = [
    [`delay of the ${what}`, 'equal', 'duration', probe?.initialDelayMs],
    [`period of the ${what}`, 'equal', 'duration', probe?.periodMs],
    [`timeout of the ${what}`, 'equal', 'duration', probe?.timeoutMs],
    [`failures of the ${what}`, 'equal', 'count', probe?.failureThreshold],
  ];
  return valuesOf(subject, rows, what);
}

function runtimeRows(runtime: Runtime | undefined): readonly Row[] {
  const packages = runtime?.packages ?? [];
  return [
    ['major version of Node.js', 'equal', 'text', major(runtime?.nodeVersion)],
    ...packages.map(({ name, version }): Row => {
      return [`major version of ${name}`, 'equal', 'text', major(version)];
    }),
  ];
}

function major(version: Setting<string> | undefined): Setting<string> | undefined {
  return version && { ...version, value: majorOf(version.value) };
}
