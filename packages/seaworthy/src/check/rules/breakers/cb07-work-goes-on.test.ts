import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { cb07 } from './cb07-work-goes-on.ts';

function timeouts(breakerMs: number, callMs: number, aborts = false): string {
  const layer = { tryTimeoutMs: coded(callMs), abortsOnTimeout: coded(aborts) };
  return messages(cb07, fromSource({ ...layer, breaker: { timeoutMs: coded(breakerMs) } }));
}

describe('CB07', () => {
  it('finds a breaker that leaves its calls behind', () => {
    expect(timeouts(10_000, Infinity)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 medium CB07
      web -> payments: the breaker waits 10 s and aborts nothing, and the call goes on for ever
        timeout of the breaker of web -> payments: 10 s (src/payments.ts:7)
        timeout of web -> payments: for ever (src/payments.ts:7)
        web -> payments aborts the call: no (src/payments.ts:7)
      passes: a timeout of the call below 10 s, or an abort signal"
    `);
    expect(timeouts(10_000, 60_000)).toContain('goes on for 60 s');
  });

  it('is content with a call that ends first, or that is aborted', () => {
    expect(timeouts(10_000, 10_000)).toBe('');
    expect(timeouts(10_000, Infinity, true)).toBe('');
  });
});
