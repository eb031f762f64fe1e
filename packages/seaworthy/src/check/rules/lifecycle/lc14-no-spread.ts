import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { leastReplicas, takesRequests } from '../../workloads/workload.ts';

export const lc14: Rule = {
  id: 'LC14',
  name: 'all replicas may be on one node',
  severity: 'medium',
  formula: '2 or more replicas that listen on a port, without anti-affinity or topology spread',
  why: 'the loss of one node takes several replicas at once, or all of them',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
    'https://docs.kubelinter.io/#/generated/checks',
  ],
  remedy:
    'Add topologySpreadConstraints over kubernetes.io/hostname, and over zones where there are any.',
  needs: ['the replicas of a workload, and its affinity and spread constraints'],
  *decide({ workloads }) {
    for (const workload of workloads) {
      const replicas = leastReplicas(workload);
      if (!isOnKubernetes(workload) || workload.kind === 'DaemonSet') continue;
      if (!takesRequests(workload) || replicas.value < 2 || workload.spread !== undefined) continue;
      yield finding(workload.name, {
        what: `nothing keeps its ${replicas.value} replicas on different nodes`,
        numbers: [count('replicas', replicas)],
        passes: 'topologySpreadConstraints over kubernetes.io/hostname',
        at: workload.at,
      });
    }
  },
};
