import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { cb04 } from './cb04-slow-detection.ts';

/** Each replica of web has 64 slots, and makes 100 calls a second. */
function policy(words: string): string {
  return messages(cb04, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

describe('CB04', () => {
  it('finds a breaker that opens when its caller is full', () => {
    expect(policy('timeout: 2s, breaker: { within: 10s }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:54 medium CB04
      web -> payments: when payments hangs, the 64 slots of web are taken after 640 ms, and the
      breaker opens after 7 s
        slots of a replica of web: 64 (seaworthy.yaml:4)
        calls of one caller over web -> payments: 100/s (seaworthy.yaml:10)
        timeout of an attempt of web -> payments: 2 s (seaworthy.yaml:8)
        threshold of web -> payments: 50 % (default of seaworthy.yaml)
        window of web -> payments: 10 s (seaworthy.yaml:8)
      passes: a limit below 64 on the edge, or a timeout of 640 ms"
    `);
  });

  it('is content where slots come back, where it is quick, and with a bulkhead', () => {
    expect(policy('timeout: 640ms, breaker: { within: 10s }')).toBe('');
    expect(policy('timeout: 641ms, breaker: { within: 10s }')).toContain('CB04');
    expect(policy('timeout: 2s, limit: 63, breaker: { within: 10s }')).toBe('');
    expect(policy('timeout: 2s, limit: 64, breaker: { within: 10s }')).toContain('CB04');
    expect(policy('timeout: 2s, breaker: { consecutive: 5 }')).toBe('');
  });
});
