import type { Workload } from '../../../model/import/landscape.ts';
import { finding, placeOf } from '../../decide.ts';
import { count, text } from '../../evidence.ts';
import type { Suspicion } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { leastReplicas, replicasIn, takesRequests } from '../../workloads/workload.ts';

export const lc12: Rule = {
  id: 'LC12',
  name: 'no replica to spare',
  severity: 'high',
  formula:
    'a Deployment that listens on a port has one replica (medium; high where a label says that it ' +
    'is critical), or its disruption budget allows no pod to leave: minAvailable >= replicas, or ' +
    'maxUnavailable 0',
  why:
    'one node that is drained, upgraded or lost is an outage; with a budget that allows nothing, the ' +
    'drain waits for ever',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
    'https://docs.kubelinter.io/#/generated/checks',
  ],
  remedy: 'Run at least two replicas, and let the disruption budget spare one of them.',
  needs: ['the replicas of a workload, its autoscaler and its disruption budget'],
  *decide({ workloads }) {
    for (const workload of workloads) {
      const blocked = blockedDrain(workload);
      if (blocked !== undefined) yield blocked;
      const isDeployed = workload.kind === 'Deployment' || workload.kind === 'Rollout';
      if (!isDeployed || !takesRequests(workload)) continue;
      const replicas = leastReplicas(workload);
      if (replicas.value !== 1) continue;
      yield finding(workload.name, {
        severity: isCritical(workload) ? 'high' : 'medium',
        what: 'it has one replica: while its node is drained or lost, there is none',
        numbers: [count('replicas', replicas)],
        passes: '2 replicas',
        at: placeOf(replicas.origin, workload.at),
      });
    }
  },
};

function isCritical({ labels }: Workload): boolean {
  return Object.entries(labels).some(
    ([key, value]) => key.endsWith('criticality') && /^(critical|high|critical-plus)$/.test(value),
  );
}

function blockedDrain(workload: Workload): Suspicion | undefined {
  const { disruptionBudget: budget } = workload;
  if (budget === undefined) return undefined;
  const { minAvailable, maxUnavailable } = budget;
  const replicas = leastReplicas(workload);
  const spared =
    maxUnavailable !== undefined
      ? replicasIn(maxUnavailable.value, replicas.value)
      : minAvailable && replicas.value - (replicasIn(minAvailable.value, replicas.value) ?? 0);
  if (spared === undefined || spared > 0) return undefined;
  const limit = maxUnavailable ?? minAvailable!;
  const name = maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
  return finding(workload.name, {
    what: `its disruption budget allows no pod to leave, so that no node under it can be drained`,
    numbers: [text(name, limit), count('replicas', replicas)],
    passes: 'maxUnavailable: 1',
    at: budget.at,
  });
}
