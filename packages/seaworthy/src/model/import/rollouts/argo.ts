import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Canary, CanaryMetric, CanaryStep, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt, textAt, truthAt } from '../values/value.ts';

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
    const analyses = [canary.get('analysis'), ...steps.map((it) => it.get('analysis'))];
    const named = analyses
      .flatMap((it) => it?.get('templates')?.items ?? [])
      .map((it) => it.get('templateName')?.text);
    const metrics = objects
      .filter((it) => it.kind.endsWith('AnalysisTemplate') && named.includes(it.name))
      .flatMap((it) => it.value.get('spec', 'metrics')?.items ?? []);
    return [
      {
        tool: 'argo-rollouts' as const,
        name,
        at: canary.origin,
        target: value.get('spec', 'workloadRef', 'name')?.text ?? name,
        steps: steps.map(stepOf),
        comparedWith: stableIn(analyses, metrics),
        startsBaseline: steps
          .flatMap((it) => it.get('experiment', 'templates')?.items ?? [])
          .some((it) => it.get('specRef')?.text === 'stable'),
        analyses: metrics.map(metricOf),
      },
    ];
  });
}

/** The argument that stands for the old version, where a metric uses it. */
function stableIn(
  analyses: readonly (Value | undefined)[],
  metrics: readonly Value[],
): Setting<string> | undefined {
  const texts = metrics.flatMap(textsWithin);
  const stable = analyses
    .flatMap((it) => it?.get('args')?.items ?? [])
    .filter((it) => it.get('valueFrom', 'podTemplateHashValue')?.text === 'Stable')
    .map((it) => textAt(it, 'name'));
  return stable.find((name) => name && texts.some((text) => text.includes(`args.${name.value}`)));
}

function textsWithin(value: Value): readonly string[] {
  const inner = [...value.items, ...value.entries.map(([, entry]) => entry)];
  return value.text === undefined ? inner.flatMap(textsWithin) : [value.text];
}

function stepOf(step: Value): CanaryStep {
  const weight = numberAt(step, 'setWeight');
  const scale = numberAt(step, 'setCanaryScale', 'weight');
  return {
    weightShare: weight && { ...weight, value: weight.value / 100 },
    replicas: numberAt(step, 'setCanaryScale', 'replicas'),
    scaleShare: scale && { ...scale, value: scale.value / 100 },
    scalesByWeight: truthAt(step, 'setCanaryScale', 'matchTrafficWeight')?.value === true,
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
