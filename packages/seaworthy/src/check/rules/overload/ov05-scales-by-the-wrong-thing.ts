import { shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { share, text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { timeOf } from '../../traffic/capacity.ts';
import { modelService } from '../../traffic/model-services.ts';

/** With all slots taken, the cpu of such a service is nearly idle. */
const leastShare = 0.2;

export const ov05: Rule = {
  id: 'OV05',
  name: 'scales by cpu, and waits for others',
  severity: 'low',
  formula: 'the autoscaler looks at cpu alone, and cpu is less than 20 % of the time of a request',
  why: 'in an overload its workers all wait, its cpu is idle, and the autoscaler sees no need',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
  remedy: 'Scale by requests in flight, or by the length of the queue.',
  needs: ['the metrics of an autoscaler', 'the steps of the service in a seaworthy.yaml'],
  *decide(landscape) {
    for (const { name, serves, autoscaler, at } of landscape.workloads) {
      const modelled = modelService(landscape, serves);
      if (autoscaler === undefined || modelled === undefined) continue;
      const [metric, ...more] = autoscaler.metrics;
      if (metric?.value !== 'cpu' || more.length > 0) continue;
      const { cpuMs, totalMs } = timeOf(modelled.service.steps);
      const part = cpuMs / totalMs;
      if (totalMs === 0 || part >= leastShare) continue;
      const origin = modelled.file.position(['services', serves, 'steps']);
      yield finding(name, {
        what: `its autoscaler looks at cpu, which is ${shareText(part)} of the time of a request`,
        numbers: [text('metric', metric), share('cpu in a request', { value: part, origin })],
        passes: 'a metric of requests in flight',
        at: placeOf(metric.origin, autoscaler.at, at),
      });
    }
  },
};
