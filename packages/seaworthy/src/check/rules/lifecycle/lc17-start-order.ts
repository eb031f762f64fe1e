import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const lc17: Rule = {
  id: 'LC17',
  name: 'started before what it needs is ready',
  severity: 'low',
  formula: 'depends_on with service_started, of a service that has a health check',
  why: 'the process of the other runs, and does not answer yet: whether the start succeeds is luck',
  sources: ['https://docs.docker.com/compose/how-tos/startup-order/'],
  remedy: 'Write `condition: service_healthy`.',
  needs: ['depends_on and the health checks of compose'],
  *decide({ workloads }) {
    const checked = new Set(
      workloads
        .filter(({ containers }) => containers.some(({ healthCheck }) => healthCheck !== undefined))
        .map(({ name }) => name),
    );
    for (const { name, dependsOn } of workloads) {
      for (const { on, condition, at } of dependsOn) {
        if (condition.value !== 'service_started' || !checked.has(on)) continue;
        yield finding(name, {
          what: `it waits until ${on} has started, not until its health check succeeds`,
          numbers: [text(`condition of ${on}`, condition)],
          passes: 'condition: service_healthy',
          at: placeOf(condition.origin, at),
        });
      }
    }
  },
};
