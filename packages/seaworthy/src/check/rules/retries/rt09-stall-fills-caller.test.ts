import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt09 } from './rt09-stall-fills-caller.ts';

function policy(words: string): string {
  return messages(
    rt09,
    modelLandscape(shop(`web -> payments: { ${words} }\npayments -> bank: { limit: 8 }`)),
  );
}

describe('RT09', () => {
  // Of 300/s each of the three replicas of web makes 100/s, and has 64 slots.
  it('finds a caller that a stalled callee fills', () => {
    expect(policy('timeout: 2s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:31 high RT09
      web -> payments: when payments hangs, all 64 slots of a replica of web wait for it after
      640 ms
        slots of a replica of web: 64 (seaworthy.yaml:4)
        calls of a replica over web -> payments: 100/s (seaworthy.yaml:11)
        timeout of an attempt of web -> payments: 2 s (seaworthy.yaml:8)
      passes: a limit below 64 on the edge, or 640 ms for all of a call"
    `);
  });

  it('is content with a timeout that leaves slots free, with a bulkhead, and with time to react', () => {
    expect(policy('timeout: 640ms')).toBe('');
    expect(policy('timeout: 641ms')).toContain('640 ms for all of a call');
    expect(policy('timeout: 2s, limit: 63')).toBe('');
    expect(policy('timeout: 2s, limit: 64')).toContain('RT09');
    const calm = (rate: string): string =>
      messages(
        rt09,
        modelLandscape(
          shop('web -> payments: { timeout: 60s }\npayments -> bank: { limit: 8 }').replace(
            '300/s',
            rate,
          ),
        ),
      );
    // 64 slots are full after 3 s of 21.3/s.
    expect(calm('63/s')).toBe('');
    expect(calm('64/s')).toBe('');
    expect(calm('65/s')).toContain('RT09');
  });
});
