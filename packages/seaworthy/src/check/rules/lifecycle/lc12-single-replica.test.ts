import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc12 } from './lc12-single-replica.ts';

const selector = 'selector: { matchLabels: { app: web } }';

function budget(rule: string, replicas: number): string {
  const more = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { ${rule}, ${selector} }
`;
  return messages(lc12, onKubernetes({ spec: `replicas: ${replicas}`, more }));
}

describe('LC12', () => {
  it('finds a single replica', () => {
    expect(messages(lc12, onKubernetes({ spec: 'replicas: 1' }))).toMatchInlineSnapshot(`
      "web.yaml:5:13 medium LC12
      web: it has one replica: while its node is drained or lost, there is none
        replicas: 1 (web.yaml:5)
      passes: 2 replicas"
    `);
    const labels = '{ app: web, service.criticality: critical }';
    expect(messages(lc12, onKubernetes({ spec: 'replicas: 1', labels }))).toContain('high LC12');
  });

  it('takes no other label for a criticality', () => {
    const labels = '{ app: web, tier: critical, service.criticality: sheddable }';
    expect(messages(lc12, onKubernetes({ spec: 'replicas: 1', labels }))).toContain('medium LC12');
  });

  it('finds a budget that lets no pod leave', () => {
    expect(budget('minAvailable: 3', 3)).toMatchInlineSnapshot(`
      "web.yaml:14:1 high LC12
      web: its disruption budget allows no pod to leave, so that no node under it can be drained
        minAvailable: 3 (web.yaml:17)
        replicas: 3 (web.yaml:5)
      passes: maxUnavailable: 1"
    `);
    expect(budget('maxUnavailable: 0', 3)).toContain('maxUnavailable: 0');
    expect(budget('minAvailable: "60%"', 2)).toContain('LC12');
    expect(budget('minAvailable: "50%"', 2)).toBe('');
    expect(budget('minAvailable: 2', 3)).toBe('');
    expect(budget('maxUnavailable: "10%"', 3)).toBe('');
  });

  it('is content with two replicas, with an autoscaler that keeps two, and with what is no server', () => {
    expect(messages(lc12, onKubernetes({ spec: 'replicas: 2' }))).toBe('');
    expect(messages(lc12, onKubernetes({ spec: 'replicas: 1', more: autoscaler(2) }))).toBe('');
    expect(messages(lc12, onKubernetes({ spec: 'replicas: 1', more: autoscaler(1) }))).not.toBe('');
    expect(messages(lc12, onKubernetes({ kind: 'StatefulSet' }))).toBe('');
    expect(messages(lc12, onCompose('web: { image: shop/web:1, ports: [8080] }'))).toBe('');
  });
});

function autoscaler(min: number): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: ${min}
  maxReplicas: 9
`;
}
