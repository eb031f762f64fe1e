import { finding, placeOf } from '../../decide.ts';
import { count } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const lc15: Rule = {
  id: 'LC15',
  name: 'replicas that an autoscaler and a manifest both set',
  severity: 'medium',
  formula:
    'the target of an autoscaler has replicas in its manifest, or the autoscaler has min < 2',
  why:
    'each time that the manifest is applied, what was scaled out for the load of the moment is taken ' +
    'back; and with a minimum of one, a quiet hour leaves nothing to spare',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  ],
  remedy: 'Take replicas out of the manifest, and set minReplicas to 2 or more.',
  needs: ['the manifest of a workload, and its autoscaler'],
  *decide({ workloads }) {
    for (const { name, autoscaler, replicas, at } of workloads) {
      if (autoscaler === undefined) continue;
      const { min, max } = autoscaler;
      const range = [count('minReplicas', min), count('maxReplicas', max)];
      if (replicas.origin.kind === 'file' && min.value < max.value) {
        yield finding(name, {
          what:
            `its manifest says ${replicas.value} replicas, and its autoscaler ${min.value} to ` +
            `${max.value}: each deploy undoes what was scaled`,
          numbers: [count('replicas', replicas), ...range],
          passes: 'no replicas in the manifest',
          at: replicas.origin,
        });
      }
      if (min.value < 2) {
        yield finding(name, {
          what: `its autoscaler goes down to ${min.value}`,
          numbers: [count('minReplicas', min)],
          passes: 'minReplicas: 2',
          at: placeOf(min.origin, autoscaler.at, at),
        });
      }
    }
  },
};
