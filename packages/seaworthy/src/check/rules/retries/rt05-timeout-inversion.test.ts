import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt05 } from './rt05-timeout-inversion.ts';
import { coded } from '../../testing/edges.ts';

function timeouts(outer: string, inner: string): string {
  const text = shop(`web -> payments: { ${outer} }\npayments -> bank: { ${inner} }`);
  return messages(rt05, modelLandscape(text));
}

describe('RT05', () => {
  it('finds a caller that gives up before its callee', () => {
    expect(timeouts('timeout: 3s', 'timeout: 10s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:31 high RT05
      web -> payments: web waits 3 s, while payments may work 10 s for it (payments -> bank)
        timeout of an attempt of web -> payments: 3 s (seaworthy.yaml:8)
        timeout of an attempt of payments -> bank: 10 s (seaworthy.yaml:9)
      passes: a timeout above 10 s on web -> payments, or less than 3 s for all that payments
      calls"
    `);
  });

  it('counts the retries of the callee, and the delays between them', () => {
    const retry = 'retry: { attempts: 3, backoff: { base: 100ms, cap: 1s } }';
    // 3 x 300 ms + 100 ms + 200 ms.
    expect(timeouts('timeout: 1200ms', `timeout: 300ms, ${retry}`)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:31 high RT05
      web -> payments: web waits 1.2 s, exactly as long as payments may work 1.2 s for it
      (payments -> bank)
        timeout of an attempt of web -> payments: 1.2 s (seaworthy.yaml:8)
        timeout of an attempt of payments -> bank: 300 ms (seaworthy.yaml:9)
        attempts of payments -> bank: 3 (seaworthy.yaml:9)
        first delay of payments -> bank: 100 ms (seaworthy.yaml:9)
      passes: a timeout above 1.2 s on web -> payments, or less than 1.2 s for all that payments
      calls"
    `);
    expect(timeouts('timeout: 1201ms', `timeout: 300ms, ${retry}`)).toBe('');
    expect(timeouts('timeout: 1101ms', `deadline: 1100ms, timeout: 300ms, ${retry}`)).toBe('');
  });

  it('finds equal timeouts: the callee cannot even say that it gave up', () => {
    expect(timeouts('timeout: 3s', 'timeout: 3s')).toContain('exactly as long as');
    expect(timeouts('timeout: 3001ms', 'timeout: 3s')).toBe('');
  });

  it('is content where the deadline is handed on, or nothing ends the call below', () => {
    expect(timeouts('timeout: 3s, propagate: true', 'timeout: 10s')).toBe('');
    expect(timeouts('timeout: 3s', 'retry: 1')).toBe('');
  });

  it('is critical where the callee itself writes meanwhile', () => {
    const text = shop('web -> payments: { timeout: 3s }\npayments -> bank: { timeout: 10s }');
    const landscape = modelLandscape(text);
    const writing = (from: string): string => {
      const edges = landscape.edges.map((edge) => {
        return edge.from === from ? { ...edge, writes: coded(true) } : edge;
      });
      return messages(rt05, { ...landscape, edges });
    };
    expect(writing('payments')).toContain('critical RT05');
    expect(writing('payments')).toContain('it writes to bank meanwhile');
    expect(writing('web')).toContain('high RT05');
  });
});
