import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { ServiceLevel } from '../landscape.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { numberAt } from '../values/value.ts';

/** The objectives of OpenSLO: https://github.com/OpenSLO/OpenSLO */
export function serviceLevelsOf(objects: readonly KubernetesObject[]): readonly ServiceLevel[] {
  const mine = objects.filter((it) => it.apiVersion.startsWith('openslo/'));
  return mine
    .filter((it) => it.kind === 'SLO')
    .flatMap(({ name, value }) => {
      const spec = value.get('spec');
      const indicator = spec?.get('indicator') ?? referred(spec, mine);
      return (spec?.get('objectives')?.items ?? []).flatMap((objective) => {
        const target = targetOf(objective);
        if (target === undefined) return [];
        return [
          {
            name,
            at: objective.origin,
            service: spec?.get('service')?.text,
            target,
            windowMs: windowOf(spec),
            kind: kindOf(indicator),
            thresholdMs: thresholdOf(objective),
            alerts: (spec?.get('alertPolicies')?.items ?? [])
              .map((it) => it.get('alertPolicyRef')?.text ?? it.text ?? '')
              .filter((it) => it !== ''),
          },
        ];
      });
    });
}

function referred(
  spec: Value | undefined,
  objects: readonly KubernetesObject[],
): Value | undefined {
  const name = spec?.get('indicatorRef')?.text;
  return objects.find((it) => it.kind === 'SLI' && it.name === name)?.value;
}

function targetOf(objective: Value): ServiceLevel['target'] | undefined {
  const percent = numberAt(objective, 'targetPercent');
  if (percent !== undefined) {
    return { ...percent, value: Number((percent.value / 100).toPrecision(12)) };
  }
  return numberAt(objective, 'target');
}

function windowOf(spec: Value | undefined): ServiceLevel['windowMs'] {
  return spec?.get('timeWindow', 0, 'duration')?.as(durationOf);
}

function kindOf(indicator: Value | undefined): ServiceLevel['kind'] {
  const spec = indicator?.get('spec');
  if (spec?.get('thresholdMetric') !== undefined) return 'latency';
  return spec?.get('ratioMetric') === undefined ? 'other' : 'success';
}

/** OpenSLO gives the value no unit; by the convention of Prometheus it is seconds. */
function thresholdOf(objective: Value): ServiceLevel['thresholdMs'] {
  const value = numberAt(objective, 'value');
  return value && { ...value, value: value.value * 1000 };
}
