import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc03 } from './lc03-no-readiness.ts';

describe('LC03', () => {
  it('finds a pod that nobody asks whether it is ready', () => {
    const container = 'livenessProbe: { tcpSocket: { port: 8080 } }';
    expect(messages(lc03, onKubernetes({ container }))).toMatchInlineSnapshot(`
      "web.yaml:9:11 high LC03
      web: it gets requests as soon as its process starts, and nothing asks whether it is ready
      passes: a readinessProbe"
    `);
  });

  it('is content with a readiness probe, and with pods that end or take no requests', () => {
    const container = 'readinessProbe: { tcpSocket: { port: 8080 } }';
    expect(messages(lc03, onKubernetes({ container }))).toBe('');
    expect(messages(lc03, onKubernetes({ kind: 'Job' }))).toBe('');
    expect(messages(lc03, onCompose('web: { image: shop/web:1, ports: [8080] }'))).toBe('');
  });

  it('points at the container that listens', () => {
    const pod = 'initContainers: []';
    const landscape = onKubernetes({ pod });
    const [workload] = landscape.workloads;
    const [container] = workload!.containers;
    const at = { ...container!.at, line: 1 };
    const containers = [{ ...container!, ports: [], at }, container!];
    const said = messages(lc03, { ...landscape, workloads: [{ ...workload!, containers }] });
    expect(said).not.toContain('web.yaml:1:');
  });
});
