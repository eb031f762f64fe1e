import { describe, expect, it } from 'vitest';

import { serviceEdit } from '../../../model/edit/edits.ts';
import { check } from '../../check.ts';
import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { onKubernetes, webAutoscaler } from '../../testing/manifests.ts';
import { ov04 } from './ov04-scales-too-late.ts';

interface Scaled {
  readonly replicas?: number;
  readonly autoscale?: string;
  readonly traffic?: string;
  readonly scenarios?: string;
  readonly more?: string;
}

/** A replica of web carries 100/s, and the autoscaler keeps one for 50/s. */
function model({ replicas = 2, autoscale, traffic, scenarios = '', more = '' }: Scaled): string {
  return `seaworthy: 1
name: one
services:
  web:
    replicas: ${replicas}
    start: { readyAfter: 45s }
    ${autoscale ?? 'autoscale: { min: 2, max: 20, cpu: 50% }'}
    steps: [{ cpu: 10ms }${more}]
traffic: { people: { to: web, ${traffic ?? 'rate: 100/s'} } }
${scenarios}
`;
}

function scaled(of: Scaled): string {
  return messages(ov04, modelLandscape(model(of)));
}

function burst(text: string): Scaled {
  return { scenarios: `scenarios: { sale: [{ at: 60s, for: 300s, burst: people, ${text} }] }` };
}

describe('OV04', () => {
  it('finds a burst that is there before the replicas for it', () => {
    expect(scaled(burst('by: 3x, over: 60s'))).toMatchInlineSnapshot(`
      "seaworthy.yaml:7:40 low OV04
      web: the burst of people in sale brings it to 300/s before new replicas are there, 60 s
      later, and the 2 replicas of before carry 200/s
        requests of web before: 100/s (seaworthy.yaml:10)
        requests of web after: 300/s (seaworthy.yaml:10)
        time of the growth: 60 s (seaworthy.yaml:10)
        metric lag: 15 s (default of seaworthy.yaml)
        start of a replica of web: 45 s (seaworthy.yaml:6)
        target of the autoscaler of web: 50 % (seaworthy.yaml:7)
        replicas of web at least: 2 (seaworthy.yaml:7)
        what a replica of web carries: 100/s (seaworthy.yaml:8)
      passes: at least 3 replicas, or a growth that takes longer"
    `);
  });

  it('is content with one that grows slowly enough, or is small enough', () => {
    // From 100/s to 300/s; 200/s are carried, and after 60 s there are more.
    expect(scaled(burst('by: 3x, over: 120s'))).toBe('');
    expect(scaled(burst('by: 3x, over: 119s'))).toContain('OV04');
    expect(scaled(burst('by: 2x'))).toBe('');
    // What decides stands in the file.
    expect(scaled(burst('by: 2.01x'))).toContain('medium OV04');
    expect(scaled(burst('by: 3x, over: 45s'))).toContain('medium OV04');
    expect(scaled(burst('by: 3x, over: 46s'))).toContain('low OV04');
    expect(scaled(burst('by: 0.5x'))).toBe('');
  });

  it('knows traffic that grows by itself', () => {
    const steps = (...each: string[]): string => `rate: [${each.join(', ')}]`;
    const grown = '{ at: 100s, rate: 300/s, over: 60s }';
    expect(scaled({ traffic: steps('{ at: 0s, rate: 100/s }', grown) })).toContain('people brings');
    expect(scaled({ traffic: steps('{ at: 0s, rate: 300/s }', '{ at: 100s, rate: 100/s }') })).toBe(
      '',
    );
  });

  it('counts the replicas that there are at least, and at most', () => {
    const autoscale = (min: number, max: number): string =>
      `autoscale: { min: ${min}, max: ${max}, cpu: 50% }`;
    const three = { replicas: 3, autoscale: autoscale(3, 20) };
    expect(scaled({ ...burst('by: 3x'), ...three })).toBe('');
    expect(scaled({ ...burst('by: 3.01x'), ...three })).toContain('OV04');
    const one = { replicas: 1, autoscale: autoscale(1, 1) };
    expect(scaled({ ...burst('by: 1.5x'), ...one })).toContain('OV04');
  });

  it('proposes as many as it takes, where the file allows so many', () => {
    const proposed = (max: number, replicas = 2) => {
      const autoscale = `autoscale: { min: 2, max: ${max}, cpu: 50% }`;
      const landscape = modelLandscape(model({ ...burst('by: 3x'), autoscale, replicas }));
      return check(landscape, [ov04]).findings.map((each) => each.proposed);
    };
    expect(proposed(3)).toEqual([
      [serviceEdit('web', 'autoscale.min', 3), serviceEdit('web', 'replicas', 3)],
    ]);
    // It begins with enough, which the autoscaler would take away.
    expect(proposed(3, 3)).toEqual([[serviceEdit('web', 'autoscale.min', 3)]]);
    expect(proposed(2)).toEqual([undefined]);
  });

  it('knows an autoscaler that counts requests', () => {
    const autoscale = 'concurrency: 10\n    autoscale: { min: 1, max: 20, inFlight: 5 }';
    expect(scaled({ ...burst('by: 2x'), autoscale })).toBe('');
    expect(scaled({ ...burst('by: 2.01x'), autoscale })).toContain('OV04');
  });

  it('is content without an autoscaler, and where nothing bounds a replica', () => {
    expect(scaled({ ...burst('by: 9x'), autoscale: '' })).toBe('');
  });
});

const cpu = '{ type: Resource, resource: { name: cpu, target: { averageUtilization: 50 } } }';

function onCluster(metrics: string, text: string): string {
  const more = webAutoscaler(`minReplicas: 2\nmaxReplicas: 20\nmetrics: [${metrics}]`);
  const container = 'resources: { requests: { cpu: "1" } }';
  const files = { 'seaworthy.yaml': model({ ...burst(text), autoscale: '' }) };
  return messages(ov04, onKubernetes({ more, container, files }));
}

describe('OV04 on Kubernetes', () => {
  it('finds it by the manifest, beside the model', () => {
    expect(onCluster(cpu, 'by: 3x')).toMatchInlineSnapshot(`
      "web.yaml:21:84 medium OV04
      web: the burst of people in sale brings it to 300/s before new replicas are there, 75 s
      later, and the 2 replicas of before carry 200/s
        requests of web before: 100/s (seaworthy.yaml:10)
        requests of web after: 300/s (seaworthy.yaml:10)
        time of the growth: 0 ms (seaworthy.yaml:10)
        metric lag: 30 s (default of Kubernetes)
        start of a replica of web: 45 s (seaworthy.yaml:6)
        target of the autoscaler of web: 50 % (web.yaml:21)
        replicas of web at least: 2 (web.yaml:19)
        what a replica of web carries: 100/s (seaworthy.yaml:8)
      passes: at least 3 replicas, or a growth that takes longer"
    `);
  });

  it('is content with enough time: 30 s to see it, and 45 s to start', () => {
    expect(onCluster(cpu, 'by: 3x, over: 150s')).toBe('');
    expect(onCluster(cpu, 'by: 3x, over: 149s')).toContain('OV04');
  });

  it('says what it lacks of other metrics', () => {
    const pods = '{ type: Pods, pods: { metric: { name: in_flight } } }';
    const lack = 'web lacks how many requests its autoscaler keeps a replica for';
    expect(onCluster(pods, 'by: 3x')).toBe(lack);
    expect(onCluster(`${cpu}, ${pods}`, 'by: 3x')).toBe(lack);
    expect(onCluster(pods, 'by: 1x')).toBe('');
  });
});
