import type { Canary, CanaryMetric } from '../../../model/import/landscape.ts';
import { finding, placeOf } from '../../decide.ts';
import { count, text } from '../../evidence.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

export const ob08: Rule = {
  id: 'OB08',
  name: 'a canary that noise rolls back',
  severity: 'medium',
  formula:
    'Argo Rollouts: failureLimit 0 for a metric that is measured more than once; or a condition on ' +
    'result[0] that does not ask whether there is one',
  why:
    'one bad measurement of many, or a minute without traffic, in which the query has no result, ' +
    'rolls a good version back; soon nobody believes the canary',
  sources: [
    'https://github.com/argoproj/argo-rollouts/issues/1466',
    'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  ],
  remedy:
    'Tolerate a failed measurement or two (`failureLimit: 2`), and write ' +
    '`len(result) == 0 || result[0] >= 0.95`.',
  needs: ['the metrics of the analyses of a canary'],
  *decide({ canaries }) {
    for (const canary of canaries) {
      if (canary.tool !== 'argo-rollouts') continue;
      for (const metric of canary.analyses) {
        yield* [unguarded(canary, metric), impatient(canary, metric)].filter(
          (it) => it !== undefined,
        );
      }
    }
  },
};

function unguarded({ name }: Canary, metric: CanaryMetric): Suspicion | undefined {
  const condition = metric.successCondition ?? metric.failureCondition;
  if (condition === undefined || !/\bresult\s*\[/.test(condition.value)) return undefined;
  if (/\blen\s*\(\s*result|\bisNil\b|\bisNaN\b|\bdefault\s*\(/.test(condition.value))
    return undefined;
  return finding(name, {
    what: `without traffic ${metric.name} has no result, and ${condition.value} is an error`,
    numbers: [text(`condition of ${metric.name}`, condition)],
    passes: `len(result) == 0 || ${condition.value}`,
    at: placeOf(condition.origin, metric.at),
  });
}

function impatient({ name }: Canary, metric: CanaryMetric): Suspicion | undefined {
  const { failureLimit, count: times, intervalMs } = metric;
  const repeated = times === undefined ? intervalMs !== undefined : times.value > 1;
  if (failureLimit.value > 0 || !repeated) return undefined;
  return finding(name, {
    what: `one failed measurement of ${metric.name} of many rolls it back`,
    numbers: [
      count(`failureLimit of ${metric.name}`, failureLimit),
      ...(times ? [count(`measurements of ${metric.name}`, times)] : []),
    ],
    passes: 'failureLimit: 2',
    at: placeOf(failureLimit.origin, metric.at),
  });
}
