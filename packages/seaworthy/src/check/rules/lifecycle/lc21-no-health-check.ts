import { finding } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { takesRequests } from '../../workloads/workload.ts';

export const lc21: Rule = {
  id: 'LC21',
  name: 'no health check',
  severity: 'medium',
  formula:
    'a compose service that listens on a port, or that others depend on, without healthcheck',
  why: 'a process that hangs counts as running, and nobody can wait until it is ready',
  sources: ['https://docs.docker.com/reference/compose-file/services/#healthcheck'],
  remedy: 'Add a healthcheck with a start_period above its usual start time.',
  needs: ['the ports, dependencies and health checks of compose'],
  *decide({ workloads }) {
    const needed = new Set(workloads.flatMap(({ dependsOn }) => dependsOn.map(({ on }) => on)));
    for (const workload of workloads) {
      const [container] = workload.containers;
      if (workload.platform !== 'compose' || container === undefined) continue;
      if (container.healthCheck !== undefined) continue;
      if (!takesRequests(workload) && !needed.has(workload.name)) continue;
      yield finding(workload.name, {
        what: 'it has no health check: as long as its process runs, it counts as well',
        numbers: [
          text('health check', {
            value: 'none',
            origin: { kind: 'guess', why: 'its image may bring one' },
          }),
        ],
        passes: 'a healthcheck',
        at: workload.at,
      });
    }
  },
};
