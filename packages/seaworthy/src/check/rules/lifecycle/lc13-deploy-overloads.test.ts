import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { onKubernetes } from '../../testing/manifests.ts';
import { lc13 } from './lc13-deploy-overloads.ts';

/** Four replicas that carry 100/s each. */
function deploy(unavailable: string, rate: string): string {
  const model = modelLandscape(`seaworthy: 1
name: one
services: { web: { replicas: 4, concurrency: 1, steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: ${rate} } }
`);
  const spec = `replicas: 4\nstrategy: { rollingUpdate: { maxUnavailable: ${unavailable} } }`;
  return messages(lc13, { ...model, workloads: onKubernetes({ spec }).workloads });
}

describe('LC13', () => {
  it('finds a deploy that leaves too few', () => {
    expect(deploy('50%', '250/s')).toMatchInlineSnapshot(`
      "web.yaml:6:48 high LC13
      web: while it is deployed, 2 of 4 replicas carry 200/s, and the peak is 250/s
        maxUnavailable: 50% (web.yaml:6)
        replicas: 4 (web.yaml:5)
        capacity of a replica of web: 100/s (seaworthy.yaml:3)
        peak into web: 250/s (seaworthy.yaml:4)
      passes: maxUnavailable: 0"
    `);
  });

  it('is content with enough, with none missing, and leaves too few of all to PQ17', () => {
    expect(deploy('1', '300/s')).toBe('');
    expect(deploy('1', '301/s')).toContain('3 of 4 replicas');
    expect(deploy('"49%"', '301/s')).toContain('3 of 4 replicas');
    expect(deploy('0', '390/s')).toBe('');
    expect(deploy('1', '401/s')).toBe('');
  });

  it('counts to the last request', () => {
    expect(deploy('1', '400/s')).toContain('3 of 4 replicas');
  });
});
