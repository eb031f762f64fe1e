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
    return {
      tool: 'flagger' as const,
      name,
      at: (analysis ?? value).origin,
      target: value.get('spec', 'targetRef', 'name')?.text,
      steps: stepsOf(analysis),
      analyses: (analysis?.get('metrics')?.items ?? []).map((metric) => ({
        name: metric.get('name')?.text ?? '',
        at: metric.origin,
        intervalMs: (metric.get('interval') ?? analysis?.get('interval'))?.as(durationOf),
        count: undefined,
        initialDelayMs: undefined,
        failureLimit: numberAt(analysis, 'threshold') ?? noFailures(),
        successCondition: undefined,
        failureCondition: undefined,
        query: textAt(metric, 'query') ?? queryOf(metric, templates),
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
  return weights.map((it) => ({ weightShare: { ...it, value: it.value / 100 }, pauseMs }));
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
