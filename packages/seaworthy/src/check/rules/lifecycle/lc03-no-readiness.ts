import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding } from '../../decide.ts';
import type { Rule } from '../../rule.ts';
import { takesRequests } from '../../workloads/workload.ts';

export const lc03: Rule = {
  id: 'LC03',
  name: 'no readiness probe',
  severity: 'high',
  formula:
    'a workload that listens on a port, on Kubernetes, none of whose containers has readiness',
  why:
    'each new pod gets requests before it listens, in every deploy and every scale-out, and a pod ' +
    'that is overloaded goes on getting them',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    'https://aws.amazon.com/builders-library/implementing-health-checks/',
  ],
  remedy: 'Add a readinessProbe that succeeds when the process can answer requests.',
  needs: ['the ports and probes of the containers of a pod'],
  *decide({ workloads }) {
    for (const workload of workloads) {
      if (!isOnKubernetes(workload) || !takesRequests(workload)) continue;
      if (workload.containers.some(({ readiness }) => readiness !== undefined)) continue;
      const listening = workload.containers.find(({ ports }) => ports.length > 0)!;
      yield finding(workload.name, {
        what: 'it gets requests as soon as its process starts, and nothing asks whether it is ready',
        numbers: [],
        passes: 'a readinessProbe',
        at: listening.at,
      });
    }
  },
};
