import { durationText } from '../../../model/quantity-text.ts';
import { isOnKubernetes } from '../../../model/import/kubernetes/platform.ts';
import { finding } from '../../decide.ts';
import { duration } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { takesRequests } from '../../workloads/workload.ts';

/** What kube-proxy, meshes and load balancers usually need to hear of it. */
const leastMs = 5000;

export const lc07: Rule = {
  id: 'LC07',
  name: 'told to stop while requests still arrive',
  severity: 'medium',
  formula: 'a pod that listens on a port has no preStop hook, or one that sleeps less than 5 s',
  why:
    'Kubernetes takes the pod from the Service and stops it at the same time, so that for some ' +
    'seconds others still send to a process that no longer listens',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
  ],
  remedy:
    'Add lifecycle.preStop.sleep of 5 s or more, or keep on listening for as long after SIGTERM.',
  needs: ['the ports and lifecycle hooks of the containers of a pod'],
  *decide({ workloads }) {
    for (const workload of workloads) {
      if (!isOnKubernetes(workload) || !takesRequests(workload)) continue;
      const hooks = workload.containers.flatMap(({ preStop }) => preStop ?? []);
      const listening = workload.containers.find(({ ports }) => ports.length > 0)!;
      if (hooks.length === 0) {
        yield finding(workload.name, {
          what: 'it has no preStop hook: it stops listening while others still send to it',
          numbers: [],
          passes: `a preStop hook that sleeps ${durationText(leastMs)}`,
          at: listening.at,
        });
        continue;
      }
      // A hook that does something else may wait as well: nothing says that it does not.
      const sleeps = hooks.flatMap(({ sleepMs }) => sleepMs ?? []);
      const longest = sleeps.toSorted((a, b) => b.value - a.value)[0];
      if (longest === undefined || sleeps.length < hooks.length || longest.value >= leastMs)
        continue;
      yield finding(workload.name, {
        what: `preStop sleeps ${durationText(longest.value)}, and requests arrive for longer`,
        numbers: [duration('preStop', longest)],
        passes: `a preStop hook that sleeps ${durationText(leastMs)}`,
        at: hooks[0]!.at,
      });
    }
  },
};
