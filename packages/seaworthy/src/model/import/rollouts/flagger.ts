import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Canary, CanaryStep, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt, textAt } from '../values/value.ts';

const page = 'https://docs.flagger.app/usage/how-it-works';

/** The canaries of Flagger, with the queries of the templates that their metrics name. */
export function flaggerCanaries(objects: readonly KubernetesObject[]): readonly Canary[] {
  const templates = objects.filter((it) => it.kind === 'MetricTemplate');
  const canaries = objects.filter(
    (it) => it.kind === 'Canary' && it.apiVersion.startsWith('flagger.app/'),
  );
  return canaries.map(({ name, value }) => {
    const analysis = value.get('spec', 'analysis') ?? value.get('spec', 'canaryAnalysis');
    const metrics = (analysis?.get('metrics')?.items ?? []).map((metric) => ({
      metric,
      query: textAt(metric, 'query') ?? queryOf(metric, templates),
    }));
    return {
      tool: 'flagger' as const,
      name,
      at: (analysis ?? value).origin,
      target: value.get('spec', 'targetRef', 'name')?.text,
      steps: stepsOf(analysis),
      comparedWith: metrics.map(({ query }) => primaryIn(query)).find((it) => it !== undefined),
      startsBaseline: false,
      analyses: metrics.map(({ metric, query }) => ({
        name: metric.get('name')?.text ?? '',
        at: metric.origin,
        intervalMs: (metric.get('interval') ?? analysis?.get('interval'))?.as(durationOf),
        count: undefined,
        initialDelayMs: undefined,
        failureLimit: numberAt(analysis, 'threshold') ?? noFailures(),
        successCondition: undefined,
        failureCondition: undefined,
        query,
        thresholdMin: numberAt(metric, 'thresholdRange', 'min'),
        thresholdMax: numberAt(metric, 'thresholdRange', 'max') ?? numberAt(metric, 'threshold'),
      })),
    };
  });
}

/** `stepWeight: 10, maxWeight: 50`: five steps of one interval each; or the weights as a list. */
function stepsOf(analysis: Value | undefined): readonly CanaryStep[] {
  const pauseMs = analysis?.get('interval')?.as(durationOf);
  const listed = analysis?.get('stepWeights')?.items ?? [];
  const step = numberAt(analysis, 'stepWeight');
  const most = numberAt(analysis, 'maxWeight')?.value ?? 100;
  const weights = listed
    .map((it) => it.as((weight) => weight.number))
    .filter((it) => it !== undefined);
  if (weights.length === 0 && step !== undefined && step.value > 0) {
    for (let weight = step.value; weight <= Math.min(most, 100); weight += step.value) {
      weights.push({ ...step, value: weight });
    }
  }
  return weights.map((it) => ({
    weightShare: { ...it, value: it.value / 100 },
    replicas: undefined,
    scaleShare: undefined,
    scalesByWeight: false,
    pauseMs,
  }));
}

/** What runs already is called so by Flagger. */
function primaryIn(query: Setting<string> | undefined): Setting<string> | undefined {
  const found = /[\w-]*-primary\b/.exec(query?.value ?? '');
  return found === null ? undefined : { ...query!, value: found[0] };
}

function queryOf(
  metric: Value,
  templates: readonly KubernetesObject[],
): Setting<string> | undefined {
  const name = metric.get('templateRef', 'name')?.text;
  return textAt(templates.find((it) => it.name === name)?.value, 'spec', 'query');
}

function noFailures(): Setting<number> {
  return defaulted(0, 'Flagger', `${page}#canary-analysis`);
}
