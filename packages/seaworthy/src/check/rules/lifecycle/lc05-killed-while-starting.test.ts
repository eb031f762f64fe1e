import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { lc05 } from './lc05-killed-while-starting.ts';

/** Liveness waits 30 s by default. */
function start(time: string, container: string): string {
  const model = modelLandscape(`seaworthy: 1
name: one
services: { web: { start: { readyAfter: ${time} }, steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: 1/s } }
`);
  return messages(lc05, { ...model, workloads: onKubernetes({ container }).workloads });
}

const probe = 'tcpSocket: { port: 8080 }';

describe('LC05', () => {
  it('finds a start that takes longer than liveness waits', () => {
    expect(start('{ p50: 10s, p99: 40s }', `livenessProbe: { ${probe} }`)).toMatchInlineSnapshot(`
      "web.yaml:12:26 medium LC05
      web: it is killed 30 s after its start, and 1 in 100 starts takes 40 s or more
        initialDelay of liveness: 0 ms (default of Kubernetes)
        period of liveness: 10 s (default of Kubernetes)
        failureThreshold of liveness: 3 (default of Kubernetes)
        p99 of the start of web: 40 s (seaworthy.yaml:3)
      passes: a startupProbe that waits 40 s or more"
    `);
  });

  it('is content with patience, with a delay, and with a startup probe', () => {
    expect(start('30s', `livenessProbe: { ${probe} }`)).toBe('');
    expect(start('31s', `livenessProbe: { ${probe} }`)).toContain('LC05');
    expect(start('31s', `livenessProbe: { ${probe}, initialDelaySeconds: 1 }`)).toBe('');
    expect(start('90s', `livenessProbe: { ${probe} }\nstartupProbe: { ${probe} }`)).toBe('');
  });

  it('says what it lacks', () => {
    expect(messages(lc05, onKubernetes({ container: `livenessProbe: { ${probe} }` }))).toBe(
      'web lacks how long it takes to start: start.readyAfter in a seaworthy.yaml',
    );
  });
});
