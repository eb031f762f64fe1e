import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { cb06 } from './cb06-retries-hide-failures.ts';

function around(attempts: number, threshold: number, outside = true): string {
  const breaker = { failureShare: coded(threshold), outsideRetry: coded(outside) };
  return messages(cb06, fromSource({ attempts: coded(attempts), breaker }));
}

describe('CB06', () => {
  it('finds a breaker that retries keep closed', () => {
    expect(around(3, 0.5)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 high CB06
      web -> payments: when half of the attempts fail, 13 % of the calls do, and the breaker
      opens at 50 %
        web -> payments has its breaker around the retries: yes (src/payments.ts:7)
        attempts of web -> payments: 3 (src/payments.ts:7)
        threshold of web -> payments: 50 % (src/payments.ts:7)
      passes: a breaker within the retries"
    `);
  });

  it('is content where it opens all the same, where nothing is retried, and within the retries', () => {
    expect(around(3, 0.125)).toBe('');
    expect(around(3, 0.126)).toContain('CB06');
    expect(around(1, 0.6)).toBe('');
    expect(around(3, 0.5, false)).toBe('');
    const model = shop('web -> payments: { retry: 3, breaker: { failures: 50% } }');
    expect(messages(cb06, modelLandscape(model))).toBe('');
  });
});
