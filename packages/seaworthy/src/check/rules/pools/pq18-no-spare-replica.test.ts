import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { pq18 } from './pq18-no-spare-replica.ts';

/** Replicas that carry 100/s each. */
function replicas(count: number, rate: string): string {
  return messages(
    pq18,
    modelLandscape(`seaworthy: 1
name: one
services: { web: { replicas: ${count}, concurrency: 1, steps: [{ wait: 10ms }] } }
traffic: { people: { to: web, rate: ${rate} } }
`),
  );
}

describe('PQ18', () => {
  it('finds a fleet that is lost with one of it', () => {
    expect(replicas(3, '200/s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:3:30 high PQ18
      web: without one of its 3 replicas the peak of 200/s is 100 % of what the others can carry
        peak into web: 200/s (seaworthy.yaml:4)
        capacity of web: 300/s (seaworthy.yaml:3)
        replicas of web: 3 (seaworthy.yaml:3)
      passes: 4 replicas"
    `);
  });

  it('is content where the others can carry it, and leaves the rest to PQ17 and LC12', () => {
    expect(replicas(3, '180/s')).toBe('');
    expect(replicas(3, '181/s')).toContain('4 replicas');
    expect(replicas(5, '400/s')).toContain('100 % of what the others');
    expect(replicas(5, '401/s')).toBe('');
    expect(replicas(2, '95/s')).toContain('PQ18');
    expect(replicas(1, '50/s')).toBe('');
  });

  it('is content with nine tenths of the others', () => {
    expect(replicas(2, '90/s')).toBe('');
    expect(replicas(2, '90.1/s')).toContain('PQ18');
  });
});
