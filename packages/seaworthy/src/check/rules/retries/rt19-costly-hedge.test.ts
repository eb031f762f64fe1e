import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { coded, fromSource, withoutLatency } from '../../testing/edges.ts';
import { rt19 } from './rt19-costly-hedge.ts';

/** The bank answers within 40 ms at the median, and 400 ms at the p99: its p90 is 142 ms. */
function hedge(ms: number): string {
  return messages(rt19, modelLandscape(shop(`payments -> bank: { hedge: ${ms}ms }`)));
}

describe('RT19', () => {
  it('finds a hedge for every second call', () => {
    expect(hedge(40)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:30 medium RT19
      payments -> bank: 50 % of the ordinary answers take longer than the delay, and are hedged
        hedge delay of payments -> bank: 40 ms (seaworthy.yaml:8)
      passes: a delay of 204 ms"
    `);
  });

  it('is content with one in ten', () => {
    expect(hedge(142)).toContain('RT19');
    expect(hedge(143)).toBe('');
  });

  it('finds writes that are done twice', () => {
    const landscape = fromSource({ hedgeAfterMs: coded(200) }, { writes: coded(true) });
    expect(messages(rt19, landscape)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 high RT19
      web -> payments: it writes, and is hedged: both attempts may be done
        hedge delay of web -> payments: 200 ms (src/payments.ts:7)
        web -> payments writes: yes (src/payments.ts:7)
      passes: no hedge

      web -> payments lacks how long its answers take: traces, or a seaworthy.yaml"
    `);
  });

  it('says what it lacks where no latency was measured', () => {
    const landscape = fromSource({ hedgeAfterMs: coded(200) }, withoutLatency);
    expect(messages(rt19, landscape)).toContain('lacks how long its answers take');
  });
});
