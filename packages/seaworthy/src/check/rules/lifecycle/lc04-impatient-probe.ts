import { durationText } from '../../../model/quantity-text.ts';
import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding, lacks } from '../../decide.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { atShare } from '../../traffic/latency.ts';
import { containersOf } from '../../workloads/workload.ts';

const tailShare = 0.999;

export const lc04: Rule = {
  id: 'LC04',
  name: 'a probe less patient than ordinary requests',
  severity: 'high',
  formula: 'timeout of liveness < p99.9 of the requests that the same process answers',
  why: 'probes wait in the same queue as requests: in a busy minute the busiest pods are killed',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
  ],
  remedy: 'Give liveness a timeout of several seconds, or a server of its own.',
  needs: ['the timeout of liveness', 'the latency of the service, from traces'],
  *decide(landscape) {
    for (const { workload, container, name } of containersOf(landscape.workloads)) {
      const { liveness } = container;
      if (liveness === undefined || !isOnKubernetes(workload)) continue;
      // A command is a process of its own.
      if (liveness.handler.value.kind === 'exec') continue;
      const measured = landscape.measured.find(({ service }) => service === workload.serves);
      const tail = measured && atShare(measured.latency.value, tailShare);
      if (measured === undefined || tail === undefined) {
        yield lacks(name, 'how long its requests take under load: traces');
        continue;
      }
      if (liveness.timeoutMs.value >= tail) continue;
      yield finding(name, {
        what:
          `liveness waits ${durationText(liveness.timeoutMs.value)}, and 1 in 1000 requests takes ` +
          durationText(tail),
        numbers: [
          duration('timeout of liveness', liveness.timeoutMs),
          duration(`p99.9 of ${workload.serves}`, { ...measured.latency, value: tail }),
        ],
        passes: `timeoutSeconds: ${Math.ceil(tail / 1000)}`,
        at: liveness.at,
      });
    }
  },
};
