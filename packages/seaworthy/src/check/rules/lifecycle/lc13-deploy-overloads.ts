import { rateText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { count, rate, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { modelService } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';
import { replicasIn } from '../../workloads/workload.ts';

export const lc13: Rule = {
  id: 'LC13',
  name: 'a deploy that takes too many replicas at once',
  severity: 'high',
  formula: '(replicas - maxUnavailable) x capacity of one < peak rate',
  why: 'a deploy in a busy hour leaves fewer replicas than the traffic needs, and ends in an outage',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
  ],
  remedy: 'Write `maxUnavailable: 0` with a maxSurge, or run more replicas.',
  needs: ['the rollout of a Deployment', 'the peak rate and the capacity of a replica'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { name, serves, rollout, replicas, at } of landscape.workloads) {
      const capacity = capacityOf(landscape, serves);
      const modelled = modelService(landscape, serves)?.service.replicas.length;
      const calls = traffic.into(serves);
      if (rollout === undefined || modelled === undefined) continue;
      if (capacity === undefined || calls === undefined) continue;
      // Rounded down, as Kubernetes does.
      const { maxUnavailable } = rollout;
      const gone = unavailable(maxUnavailable.value, replicas.value);
      const each = capacity.value / modelled;
      const left = (replicas.value - gone) * each;
      // Where all of them are too few it is a matter of PQ17.
      if (gone === 0 || left >= calls.value || replicas.value * each < calls.value) continue;
      yield finding(name, {
        what:
          `while it is deployed, ${replicas.value - gone} of ${replicas.value} replicas carry ` +
          `${rateText(left)}, and the peak is ${rateText(calls.value)}`,
        numbers: [
          text('maxUnavailable', maxUnavailable),
          count('replicas', replicas),
          rate(`capacity of a replica of ${serves}`, { ...capacity, value: each }),
          rate(`peak into ${serves}`, calls),
        ],
        passes: 'maxUnavailable: 0',
        at: placeOf(maxUnavailable.origin, at),
      });
    }
  },
};

function unavailable(amount: string, replicas: number): number {
  if (!amount.endsWith('%')) return replicasIn(amount, replicas) ?? 0;
  return Math.floor((Number.parseFloat(amount) / 100) * replicas);
}
