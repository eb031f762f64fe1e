import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt10 } from './rt10-false-timeouts.ts';
import { coded, fromSource, withoutLatency } from '../../testing/edges.ts';

/** The bank answers within 40 ms at the median, and 400 ms at the p99. */
function timeout(ms: number): string {
  return messages(rt10, modelLandscape(shop(`payments -> bank: { timeout: ${ms}ms }`)));
}

describe('RT10', () => {
  it('finds a timeout that ordinary answers exceed', () => {
    expect(timeout(399)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:32 high RT10
      payments -> bank: 1 % of the ordinary answers take longer than the 399 ms that payments
      waits
        timeout of an attempt of payments -> bank: 399 ms (seaworthy.yaml:8)
        p99 of bank: 400 ms (seaworthy.yaml:6)
      passes: a timeout of 852 ms or more"
    `);
  });

  it('accepts one false timeout in a thousand', () => {
    expect(timeout(401)).toContain('medium RT10');
    expect(timeout(851)).toContain('medium RT10');
    expect(timeout(853)).toBe('');
  });

  it('says what it lacks where several steps make an answer', () => {
    expect(messages(rt10, modelLandscape(shop('web -> payments: { timeout: 1s }')))).toBe(
      'web -> payments lacks how long its answers take: traces, or a seaworthy.yaml',
    );
  });

  it('says what it lacks where no latency is known above the timeout', () => {
    for (const edge of [{}, withoutLatency]) {
      const landscape = fromSource({ tryTimeoutMs: coded(100) }, edge);
      expect(messages(rt10, landscape)).toContain('lacks how long its answers take');
    }
  });
});
