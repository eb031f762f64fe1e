import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc14 } from './lc14-no-spread.ts';

const spread = `topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway }`;
const apart = `affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - { weight: 1, podAffinityTerm: { topologyKey: kubernetes.io/hostname } }`;

function replicas(count: number, pod = '', kind = 'Deployment'): string {
  return messages(lc14, onKubernetes({ spec: `replicas: ${count}`, pod, kind }));
}

describe('LC14', () => {
  it('finds replicas that may share a node', () => {
    expect(replicas(2)).toMatchInlineSnapshot(`
      "web.yaml:3:19 medium LC14
      web: nothing keeps its 2 replicas on different nodes
        replicas: 2 (web.yaml:5)
      passes: topologySpreadConstraints over kubernetes.io/hostname"
    `);
  });

  it('is content with either way to keep them apart, and where there is nothing to keep apart', () => {
    expect(replicas(2, spread)).toBe('');
    expect(replicas(2, apart)).toBe('');
    expect(replicas(1)).toBe('');
    expect(replicas(2, '', 'DaemonSet')).toBe('');
    expect(
      messages(lc14, onCompose('web: { image: a:1, ports: [80], deploy: { replicas: 2 } }')),
    ).toBe('');
  });
});
