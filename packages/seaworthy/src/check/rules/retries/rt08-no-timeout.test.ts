import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { onIstio } from '../../testing/mesh.ts';
import { shop } from '../../testing/shop.ts';
import { rt08 } from './rt08-no-timeout.ts';

function policies(outer: string, inner: string): string {
  const text = shop(`web -> payments: { ${outer} }\npayments -> bank: { ${inner} }`);
  return messages(rt08, modelLandscape(text));
}

describe('RT08', () => {
  it('finds a call that nothing ends', () => {
    expect(policies('retry: 2', 'timeout: 1s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:20 critical RT08
      web -> payments: web waits for payments for ever
        timeout of application: for ever (seaworthy.yaml:8)
      passes: any finite timeout; 1 s is a usual first choice"
    `);
  });

  it('is content with either timeout; users may wait as long as they like', () => {
    expect(policies('deadline: 1s', 'timeout: 1s')).toBe('');
    expect(policies('timeout: 1s', 'deadline: 1s')).toBe('');
  });

  it('guesses where only the mesh says that it has none', () => {
    expect(messages(rt08, onIstio('retries: { attempts: 1 }'))).toMatchInlineSnapshot(`
      "mesh.yaml:13:17 medium RT08
      web -> payments: nothing on the way from web to payments ends a call, unless its client
      does
        timeout of istio: for ever (default of Istio)
        timeout of the client of web: unknown (guess: no file says what web calls with)
      passes: any finite timeout; 1 s is a usual first choice"
    `);
    const own = '{ name: PAYMENTS_TIMEOUT_MS, value: "800" }';
    expect(messages(rt08, onIstio('retries: { attempts: 1 }', { environment: own }))).toBe('');
    expect(messages(rt08, onIstio('timeout: 2s'))).toBe('');
  });

  it('knows that endless attempts need a timeout for all of them', () => {
    const endless = 'timeout: 1s, retry: { attempts: unlimited, budget: { share: 10% } }';
    expect(policies(endless, 'timeout: 1s')).toContain('web waits for payments for ever');
    expect(policies(`deadline: 9s, ${endless}`, 'timeout: 1s')).toBe('');
  });
});
