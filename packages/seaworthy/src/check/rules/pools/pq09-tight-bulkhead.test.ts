import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { pq09 } from './pq09-tight-bulkhead.ts';
import { withoutLatency } from '../../testing/edges.ts';

/** 150/s of each payments, and the p99 of the bank is 400 ms: 60 in flight. */
function limit(slots: number): string {
  return messages(pq09, modelLandscape(shop(`payments -> bank: { limit: ${slots} }`)));
}

describe('PQ09', () => {
  it('finds a limit that refuses ordinary calls', () => {
    expect(limit(20)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:30 medium PQ09
      payments -> bank: 150/s of 400 ms each are 60 calls in flight, and the limit is 20
        limit of payments -> bank: 20 (seaworthy.yaml:8)
        calls of one caller over payments -> bank: 150/s (seaworthy.yaml:10)
        p99 of bank: 400 ms (seaworthy.yaml:6)
      passes: a limit of 60"
    `);
  });

  it('is content with the rate times the p99', () => {
    expect(limit(60)).toBe('');
    expect(limit(59)).toContain('a limit of 60');
  });

  it('says what it lacks', () => {
    expect(messages(pq09, modelLandscape(shop('web -> payments: { limit: 1 }')))).toBe(
      'web -> payments lacks how long its answers take: traces, or a seaworthy.yaml',
    );
  });

  it('says what it lacks of people who wait for each other', () => {
    const closed = shop('payments -> bank: { limit: 1 }').replace(
      'rate: 300/s',
      'users: 10, think: 1s',
    );
    expect(messages(pq09, modelLandscape(closed))).toBe(
      'payments -> bank lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
  });

  it('says what it lacks where no latency was measured', () => {
    const landscape = modelLandscape(shop('payments -> bank: { limit: 1 }'));
    const edges = landscape.edges.map((edge) => ({ ...edge, ...withoutLatency }));
    expect(messages(pq09, { ...landscape, edges })).toBe(
      'payments -> bank lacks how long its answers take: traces, or a seaworthy.yaml',
    );
  });
});
