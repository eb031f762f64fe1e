import { describe, expect, it } from 'vitest';

import type { Landscape } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { lc11 } from './lc11-requests-below-use.ts';

/** Of two replicas, each computes half a second in a second at 200/s. */
function web(written: string, perSecond = 200): Landscape {
  const model = `seaworthy: 1
name: one
services: { web: { replicas: 2, steps: [{ cpu: 5ms }, { wait: 20ms }] } }
traffic: { people: { to: web, rate: ${perSecond}/s } }
`;
  const container = `resources: ${written}`;
  return onKubernetes({ container, files: { 'seaworthy.yaml': model } });
}

function resources(written: string, perSecond?: number): string {
  return messages(lc11, web(written, perSecond));
}

describe('LC11', () => {
  it('finds a request below the use', () => {
    expect(resources('{ requests: { cpu: 250m } }')).toMatchInlineSnapshot(`
      "web.yaml:12:41 medium LC11
      web: a replica uses 0.5 cores at 200/s, and its request is 0.25
        cpu time of a request of web: 5 ms (seaworthy.yaml:3)
        peak into web: 200/s (seaworthy.yaml:4)
        replicas of web: 2 (seaworthy.yaml:3)
        cpu request of web: 0.25 (web.yaml:12)
      passes: a request of 0.5 cores, or more replicas"
    `);
  });

  it('finds a limit below the use, which is worse', () => {
    const both = '{ requests: { cpu: 250m }, limits: { cpu: 400m } }';
    expect(resources(both)).toMatchInlineSnapshot(`
      "web.yaml:12:64 high LC11
      web: a replica uses 0.5 cores at 200/s, and its limit is 0.4
        cpu time of a request of web: 5 ms (seaworthy.yaml:3)
        peak into web: 200/s (seaworthy.yaml:4)
        replicas of web: 2 (seaworthy.yaml:3)
        cpu limit of web: 0.4 (web.yaml:12)
      passes: a limit of 0.5 cores, or more replicas"
    `);
  });

  it('is content with what is used', () => {
    expect(resources('{ requests: { cpu: 500m }, limits: { cpu: 500m } }')).toBe('');
    expect(resources('{ requests: { cpu: 500m } }', 201)).toContain('LC11');
    expect(resources('{ requests: { cpu: 500m } }', 100)).toBe('');
    expect(resources('{ requests: { memory: 64Mi } }')).toBe('');
  });

  it('adds up the containers, of which each must say it', () => {
    const landscape = web('{ requests: { cpu: 250m } }');
    const beside = (other: string): string => {
      const [proxy] = web(other).workloads[0]!.containers;
      const workloads = landscape.workloads.map((workload) => {
        return { ...workload, containers: [...workload.containers, proxy!] };
      });
      return messages(lc11, { ...landscape, workloads });
    };
    expect(beside('{ requests: { cpu: 250m } }')).toBe('');
    expect(beside('{ requests: { cpu: 249m } }')).toContain('its request is 0.499');
    expect(beside('{ requests: { memory: 64Mi } }')).toBe('');
  });

  it('is about Kubernetes, and about what a model knows', () => {
    const landscape = web('{ requests: { cpu: 250m } }');
    const workloads = landscape.workloads.map((each) => {
      return { ...each, platform: 'compose' as const };
    });
    expect(messages(lc11, { ...landscape, workloads })).toBe('');
    expect(messages(lc11, { ...landscape, models: [] })).toBe('');
  });
});
