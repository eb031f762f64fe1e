import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { lc06 } from './lc06-short-grace.ts';

function grace(seconds: number, container = ''): string {
  return messages(
    lc06,
    onKubernetes({ pod: `terminationGracePeriodSeconds: ${seconds}`, container }),
  );
}

/** The web of the shop, which calls payments for at most 8 s. */
function shopGrace(seconds: number): string {
  const { workloads } = onKubernetes({
    pod: `terminationGracePeriodSeconds: ${seconds}`,
    container: 'lifecycle: { preStop: { sleep: { seconds: 10 } } }',
  });
  const model = modelLandscape(shop('web -> payments: { deadline: 8s }'));
  return messages(lc06, { ...model, workloads });
}

describe('LC06', () => {
  it('finds a grace period in which requests still arrive', () => {
    expect(grace(5)).toMatchInlineSnapshot(`
      "web.yaml:8:38 medium LC06
      web: it is killed 5 s after it was told to stop, and needs 6 s: 5 s in which requests
      still arrive, 1 s to close
        grace period: 5 s (web.yaml:8)
        requests still arrive: 5 s (guess: until all have heard that the pod is gone)
      passes: a grace period of 6 s or more"
    `);
  });

  it('adds up preStop, the longest request, and a second to close', () => {
    expect(shopGrace(18)).toMatchInlineSnapshot(`
      "web.yaml:8:38 high LC06
      web: it is killed 18 s after it was told to stop, and needs 19 s: 10 s in preStop, 8 s for
      the longest request, 1 s to close
        grace period: 18 s (web.yaml:8)
        preStop: 10 s (web.yaml:13)
        timeout of web -> payments: 8 s (seaworthy.yaml:8)
      passes: a grace period of 19 s or more"
    `);
    expect(shopGrace(19)).toBe('');
  });

  it('needs 6 s at least on Kubernetes, and preStop + 1 s where that says how long it sleeps', () => {
    expect(grace(6)).toBe('');
    const preStop = 'lifecycle: { preStop: { exec: { command: [sleep, "15"] } } }';
    expect(grace(15, preStop)).toContain('needs 16 s: 15 s in preStop, 1 s to');
    expect(grace(16, preStop)).toBe('');
  });

  it('is content with the defaults where nothing takes long', () => {
    expect(messages(lc06, onKubernetes({}))).toBe('');
    expect(messages(lc06, onCompose('web: { image: shop/web:1, ports: [8080] }'))).toBe('');
  });
});
