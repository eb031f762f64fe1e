import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onIstio } from '../../testing/mesh.ts';
import { cb08 } from './cb08-ejects-too-many.ts';

/** Ten replicas that carry 10/s each. */
function ejecting(percent: number, rate: string): string {
  const model = `seaworthy: 1
name: one
services:
  web: { steps: [{ call: payments }] }
  payments: { replicas: 10, concurrency: 1, steps: [{ wait: 100ms }] }
traffic: { people: { to: web, rate: ${rate} } }
`;
  const policy = `outlierDetection: { maxEjectionPercent: ${percent} }`;
  return messages(cb08, onIstio('timeout: 1s', { policy, model }));
}

describe('CB08', () => {
  it('finds ejection that leaves too few', () => {
    expect(ejecting(50, '60/s')).toMatchInlineSnapshot(`
      "mesh.yaml:41:82 high CB08
      web -> payments: with 50 % of payments ejected, the rest can carry 50/s of 60/s
        ejected at most, of web -> payments (istio): 50 % (mesh.yaml:41)
        capacity of payments: 100/s (seaworthy.yaml:5)
        peak into payments: 60/s (seaworthy.yaml:6)
      passes: 40 % at most"
    `);
  });

  it('is content where the rest can carry it, and leaves more than all can carry to PQ17', () => {
    expect(ejecting(40, '60/s')).toBe('');
    expect(ejecting(41, '60/s')).toContain('40 % at most');
    expect(ejecting(50, '101/s')).toBe('');
  });

  it('speaks up to all that they can carry', () => {
    expect(ejecting(50, '100/s')).toContain('CB08');
  });
});
