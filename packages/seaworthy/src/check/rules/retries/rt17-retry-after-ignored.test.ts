import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { rt17 } from './rt17-retry-after-ignored.ts';

function client(retryOn: readonly string[], honours: boolean): string {
  const layer = { attempts: coded(3), retryOn: coded(retryOn), honoursRetryAfter: coded(honours) };
  return messages(rt17, fromSource(layer));
}

describe('RT17', () => {
  it('finds a client that does not listen', () => {
    expect(client(['ECONNRESET', '429', '503'], false)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 medium RT17
      web -> payments: got retries 429, 503 by its own delays, whatever the callee asks
        conditions of web -> payments: ECONNRESET, 429, 503 (src/payments.ts:7)
        web -> payments obeys Retry-After: no (src/payments.ts:7)
      passes: a client that obeys Retry-After"
    `);
  });

  it('is content with one that does, or that does not retry what is shed', () => {
    expect(client(['429', '503'], true)).toBe('');
    expect(client(['ECONNRESET'], false)).toBe('');
    expect(messages(rt17, modelLandscape(shop('web -> payments: { retry: 3 }')))).toBe('');
  });
});
