import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { cb08 } from './cb08-ejects-too-many.ts';

/** Ten replicas that carry 10/s each. */
function ejecting(share: number, rate: string): string {
  const model = modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: payments }] }
  payments: { replicas: 10, concurrency: 1, steps: [{ wait: 100ms }] }
traffic: { people: { to: web, rate: ${rate} } }
`);
  const outliers = { ejectedShareMax: coded(share) };
  return messages(cb08, { ...model, edges: fromSource({ who: 'istio', outliers }).edges });
}

describe('CB08', () => {
  it('finds ejection that leaves too few', () => {
    expect(ejecting(0.5, '60/s')).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 high CB08
      web -> payments: with 50 % of payments ejected, the rest can carry 50/s of 60/s
        ejected at most, of web -> payments: 50 % (src/payments.ts:7)
        capacity of payments: 100/s (seaworthy.yaml:5)
        peak into payments: 60/s (seaworthy.yaml:6)
      passes: 40 % at most"
    `);
  });

  it('is content where the rest can carry it, and leaves more than all can carry to PQ17', () => {
    expect(ejecting(0.4, '60/s')).toBe('');
    expect(ejecting(0.41, '60/s')).toContain('40 % at most');
    expect(ejecting(0.5, '101/s')).toBe('');
  });
});
