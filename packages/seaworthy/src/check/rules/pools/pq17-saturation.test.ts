import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { pq17 } from './pq17-saturation.ts';

/** Two replicas of so many slots, each held for 10 ms: 200/s for each slot. */
function service(rate: string, more = 'concurrency: 1, steps: [{ wait: 10ms }]'): string {
  return messages(
    pq17,
    modelLandscape(`seaworthy: 1
name: one
services: { web: { replicas: 2, ${more} } }
traffic: { people: { to: web, rate: ${rate} } }
`),
  );
}

describe('PQ17', () => {
  it('finds a service beyond its capacity', () => {
    expect(service('250/s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:3:18 critical PQ17
      web: its peak of 250/s is 125 % of the 200/s that its 2 replicas can carry
        peak into web: 250/s (seaworthy.yaml:4)
        capacity of web: 200/s (seaworthy.yaml:3)
      passes: 4 replicas, or 160/s"
    `);
  });

  it.each([
    ['160/s', ''],
    ['161/s', 'medium'],
    ['200/s', 'medium'],
    ['201/s', 'critical'],
  ])('%s of 200/s are %s', (rate, severity) => {
    expect(service(rate).split(' ')[1] ?? '').toBe(severity);
  });

  it('knows cores, slots held for more than cpu, branches, and the peak of a changing rate', () => {
    expect(service('250/s', 'cores: 2, steps: [{ cpu: 10ms }]')).toBe('');
    expect(service('350/s', 'cores: 2, steps: [{ cpu: 10ms }]')).toContain('400/s');
    const slow = 'cores: 2, concurrency: 4, steps: [{ cpu: 10ms }, { wait: 30ms }]';
    expect(service('190/s', slow)).toContain('95 % of the 200/s');
    const both = 'concurrency: 2, steps: [{ together: [{ wait: 10ms }, { wait: 20ms }] }]';
    expect(service('190/s', both)).toContain('95 % of the 200/s');
    expect(service('[{ at: 0s, rate: 10/s }, { at: 60s, rate: 190/s }]')).toContain('190/s');
  });

  it('is content with what has no bounds', () => {
    expect(service('9000/s', 'steps: [{ wait: 10ms }]')).toBe('');
  });
});
