import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Canary, CanaryMetric, CanaryStep, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt, textAt } from '../values/value.ts';

const page = 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/';

/** The canary of an Argo Rollout, with the metrics of the templates that it names. */
export function argoCanaries(objects: readonly KubernetesObject[]): readonly Canary[] {
  const rollouts = objects.filter(
    (it) => it.kind === 'Rollout' && it.apiVersion.startsWith('argoproj.io/'),
  );
  return rollouts.flatMap(({ name, value }) => {
    const canary = value.get('spec', 'strategy', 'canary');
    if (canary === undefined) return [];
    const steps = canary.get('steps')?.items ?? [];
    const named = [canary.get('analysis'), ...steps.map((it) => it.get('analysis'))]
      .flatMap((it) => it?.get('templates')?.items ?? [])
      .map((it) => it.get('templateName')?.text);
    return [
      {
        tool: 'argo-rollouts' as const,
        name,
        at: canary.origin,
        target: value.get('spec', 'workloadRef', 'name')?.text ?? name,
        steps: steps.map(stepOf),
        analyses: objects
          .filter((it) => it.kind.endsWith('AnalysisTemplate') && named.includes(it.name))
          .flatMap((it) => it.value.get('spec', 'metrics')?.items ?? [])
          .map(metricOf),
      },
    ];
  });
}

function stepOf(step: Value): CanaryStep {
  const weight = numberAt(step, 'setWeight');
  return {
    weightShare: weight && { ...weight, value: weight.value / 100 },
    pauseMs: step.get('pause', 'duration')?.as(pauseOf),
  };
}

/** A number is in seconds. */
function pauseOf(value: Value): number | undefined {
  return value.number === undefined ? durationOf(value) : value.number * 1000;
}

function metricOf(metric: Value): CanaryMetric {
  const provider = metric.get('provider')?.entries[0]?.[1];
  return {
    name: metric.get('name')?.text ?? '',
    at: metric.origin,
    intervalMs: metric.get('interval')?.as(durationOf),
    count: numberAt(metric, 'count'),
    initialDelayMs: metric.get('initialDelay')?.as(durationOf),
    failureLimit: numberAt(metric, 'failureLimit') ?? noFailures(),
    successCondition: textAt(metric, 'successCondition'),
    failureCondition: textAt(metric, 'failureCondition'),
    query: textAt(provider, 'query'),
    thresholdMin: undefined,
    thresholdMax: undefined,
  };
}

function noFailures(): Setting<number> {
  return defaulted(0, 'Argo Rollouts', `${page}#failure-conditions-and-failure-limit`);
}
