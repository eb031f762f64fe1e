import { describe, expect, it } from 'vitest';

import type { CallEdge } from '../../../model/import/landscape.ts';
import { coded } from '../../testing/edges.ts';
import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { pq08 } from './pq08-bulkheads-add-up.ts';

/** Three replicas of web, and 32 slots of payments. */
function limit(words: string): string {
  return messages(pq08, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

describe('PQ08', () => {
  it('finds limits that let too much through', () => {
    expect(limit('limit: 20')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:29 medium PQ08
      payments: its callers may have 60 calls in flight, and it has 32 slots
        slots of payments: 32 (seaworthy.yaml:5)
        limit of web -> payments: 20 (seaworthy.yaml:8)
        callers of web -> payments: 3 (seaworthy.yaml:4)
      passes: limits that add up to 38"
    `);
  });

  it('is content up to a fifth more than the slots, and says nothing of callers without a limit', () => {
    expect(limit('limit: 12')).toBe('');
    expect(limit('limit: 13')).toContain('its callers may have 39 calls in flight');
    expect(limit('timeout: 1s')).toBe('');
  });

  it('takes an endless limit for none, and a fifth more for enough', () => {
    const landscape = modelLandscape(shop('web -> payments: { limit: 20 }'));
    const endless = (edge: CallEdge): CallEdge => {
      return { ...edge, layers: [{ ...edge.layers[0]!, inFlightMax: coded(Infinity) }] };
    };
    const edges = landscape.edges.map(endless);
    expect(messages(pq08, { ...landscape, edges })).toBe('');
    const exact = shop('web -> payments: { limit: 12 }').replace(
      'concurrency: 16',
      'concurrency: 15',
    );
    expect(messages(pq08, modelLandscape(exact))).toBe('');
  });
});
