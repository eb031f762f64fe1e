import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { lc01 } from './lc01-shared-probe.ts';

function probes(readiness: string, liveness: string): string {
  const container = `readinessProbe: { ${readiness} }\nlivenessProbe: { ${liveness} }`;
  return messages(lc01, onKubernetes({ container }));
}

const health = 'httpGet: { path: /health, port: 8080 }';

describe('LC01', () => {
  it('finds a pod that is killed as soon as it is unready', () => {
    expect(probes(health, health)).toMatchInlineSnapshot(`
      "web.yaml:13:26 medium LC01
      web: both probes ask GET :8080/health: after 30 s of failures it is unready, after 30 s it
      is killed
        liveness: GET :8080/health (web.yaml:13)
        period of readiness: 10 s (default of Kubernetes)
        failureThreshold of readiness: 3 (default of Kubernetes)
        period of liveness: 10 s (default of Kubernetes)
        failureThreshold of liveness: 3 (default of Kubernetes)
      passes: a failureThreshold of liveness above 3"
    `);
  });

  it('compares how long the two wait, not their thresholds', () => {
    const slow = `${health}, failureThreshold: 3, periodSeconds: 10`;
    expect(probes(slow, `${health}, failureThreshold: 6, periodSeconds: 5`)).toContain(
      'after 30 s of failures it is unready, after 30 s it',
    );
    expect(probes(slow, `${health}, failureThreshold: 7, periodSeconds: 5`)).toBe('');
    expect(probes(slow, `${health}, failureThreshold: 7, periodSeconds: 4`)).toContain(
      'a failureThreshold of liveness above 7',
    );
  });

  it('is content with one handler that liveness asks more patiently, or with two handlers', () => {
    expect(probes(health, `${health}, failureThreshold: 4`)).toBe('');
    expect(probes(health, 'httpGet: { path: /live, port: 8080 }')).toBe('');
    const marked = (probe: string) =>
      `httpGet: { path: /, port: 8080, httpHeaders: [{ name: Cookie, value: ${probe} }] }`;
    expect(probes(marked('readiness'), marked('liveness'))).toBe('');
    expect(probes(marked('probe'), marked('probe'))).not.toBe('');
    expect(probes(health, 'tcpSocket: { port: 8080 }')).toBe('');
    expect(messages(lc01, onKubernetes({ container: `livenessProbe: { ${health} }` }))).toBe('');
  });
});
