import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onKubernetes, webAutoscaler } from '../../testing/manifests.ts';
import { ov05 } from './ov05-scales-by-the-wrong-thing.ts';

function scaled(metrics: string, steps: string): string {
  const more = webAutoscaler(`minReplicas: 2\nmaxReplicas: 9\nmetrics: [${metrics}]`);
  const model = `seaworthy: 1
name: one
services: { web: { steps: [${steps}] } }
traffic: { people: { to: web, rate: 1/s } }
`;
  return messages(ov05, onKubernetes({ more, files: { 'seaworthy.yaml': model } }));
}

const cpu = '{ type: Resource, resource: { name: cpu, target: { averageUtilization: 60 } } }';
const queue = '{ type: Pods, pods: { metric: { name: in_flight } } }';

describe('OV05', () => {
  it('finds an autoscaler that looks at an idle cpu', () => {
    expect(scaled(cpu, '{ cpu: 1ms }, { wait: 49ms }')).toMatchInlineSnapshot(`
      "web.yaml:20:49 low OV05
      web: its autoscaler looks at cpu, which is 2 % of the time of a request
        metric: cpu (web.yaml:20)
        cpu in a request: 2 % (seaworthy.yaml:3)
      passes: a metric of requests in flight"
    `);
  });

  it('is content with a fifth of the time, with another metric, and with a second one', () => {
    expect(scaled(cpu, '{ cpu: 10ms }, { wait: 40ms }')).toBe('');
    expect(scaled(cpu, '{ cpu: 9ms }, { wait: 41ms }')).toContain('OV05');
    expect(scaled(queue, '{ cpu: 1ms }, { wait: 49ms }')).toBe('');
    expect(scaled(`${cpu}, ${queue}`, '{ cpu: 1ms }, { wait: 49ms }')).toBe('');
  });
});
