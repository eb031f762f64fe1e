import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding } from '../../decide.ts';
import type { Rule } from '../../rule.ts';
import { containersOf } from '../../workloads/workload.ts';

export const lc09: Rule = {
  id: 'LC09',
  name: 'no resource requests',
  severity: 'medium',
  formula: 'a container on Kubernetes has neither a request nor a limit of cpu, or of memory',
  why:
    'the scheduler puts it anywhere, however full the node, and it is the first to be starved or ' +
    'evicted when the node runs out',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  ],
  remedy:
    'Request what it uses under its peak load. A limit alone is enough: Kubernetes takes it for the ' +
    'request.',
  needs: ['the resources of a container'],
  *decide({ workloads }) {
    for (const { workload, container, name } of containersOf(workloads)) {
      if (!isOnKubernetes(workload)) continue;
      const { resources } = container;
      const hasCpu = (resources.cpuRequestCores ?? resources.cpuLimitCores) !== undefined;
      const hasMemory = (resources.memoryRequestBytes ?? resources.memoryLimitBytes) !== undefined;
      if (hasCpu && hasMemory) continue;
      const missing = [...(hasCpu ? [] : ['cpu']), ...(hasMemory ? [] : ['memory'])];
      yield finding(name, {
        what: `it requests no ${missing.join(' and no ')}`,
        numbers: [],
        passes: `resources.requests with ${missing.join(' and ')}`,
        at: container.at,
      });
    }
  },
};
