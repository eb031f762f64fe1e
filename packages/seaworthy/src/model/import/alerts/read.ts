import type { Alert, Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';
import { durationOf } from '../values/units.ts';
import type { Value } from '../values/value.ts';
import { textAt } from '../values/value.ts';

const page = 'https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule';

/** The alert rules of a rule file of Prometheus, or of the `spec` of a PrometheusRule. */
export function alertsOf(file: Value): readonly Alert[] {
  return (file.get('groups')?.items ?? []).flatMap((group) =>
    (group.get('rules')?.items ?? []).flatMap((rule) => {
      const expression = textAt(rule, 'expr');
      const name = rule.get('alert')?.text;
      if (expression === undefined || name === undefined) return [];
      return [
        {
          name,
          at: rule.origin,
          group: group.get('name')?.text ?? '',
          expression,
          forMs: rule.get('for')?.as(durationOf) ?? defaulted(0, 'Prometheus', page),
          labels: textsOf(rule.get('labels')),
          annotations: textsOf(rule.get('annotations')),
        },
      ];
    }),
  );
}

function textsOf(map: Value | undefined): Record<string, Setting<string>> {
  const texts: Record<string, Setting<string>> = {};
  for (const [key, value] of map?.entries ?? []) {
    const text = value.as((it) => it.text);
    if (text !== undefined) texts[key] = text;
  }
  return texts;
}
