import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { cb05 } from './cb05-many-probes.ts';

/** Three replicas of web, and 32 slots of payments. */
function probes(count: number, replicas = 3): string {
  const text = shop(`web -> payments: { breaker: { probes: ${count} } }`);
  return messages(cb05, modelLandscape(text.replace('replicas: 3', `replicas: ${replicas}`)));
}

describe('CB05', () => {
  it('finds probes that are a load of their own', () => {
    expect(probes(2)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:41 medium CB05
      web -> payments: 3 breakers let 6 probes through together, and payments has 32 slots
        probes of web -> payments: 2 (seaworthy.yaml:8)
        callers of web -> payments: 3 (seaworthy.yaml:4)
        slots of payments: 32 (seaworthy.yaml:5)
      passes: 1 probe"
    `);
  });

  it('is content with a tenth of the slots, and with the fewest that there can be', () => {
    expect(probes(3, 1)).toBe('');
    expect(probes(4, 1)).toContain('3 probes at most');
    expect(probes(1, 30)).toBe('');
    const exact = shop('web -> payments: { breaker: { probes: 3 } }')
      .replace('replicas: 3', 'replicas: 1')
      .replace('concurrency: 16', 'concurrency: 15');
    expect(messages(cb05, modelLandscape(exact))).toBe('');
  });
});
