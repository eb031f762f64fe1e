import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { ca07 } from './ca07-weak-fallback.ts';

/** The archive carries 20/s with each slot. */
function fallback(rate: string, slots: number): string {
  return messages(
    ca07,
    modelLandscape(`seaworthy: 1
name: one
services:
  web: { steps: [{ call: prices }] }
  prices: { steps: [{ wait: 5ms }] }
  archive: { concurrency: ${slots}, steps: [{ wait: 50ms }] }
calls:
  web -> prices: { timeout: 1s, fallback: [{ call: archive }] }
traffic: { people: { to: web, rate: ${rate} } }
`),
  );
}

describe('CA07', () => {
  it('finds a fallback that would fall as well', () => {
    expect(fallback('100/s', 2)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:44 high CA07
      web -> prices: when prices fails, archive gets 100/s, and can carry 40/s
        calls of web -> prices: 100/s (seaworthy.yaml:9)
        capacity of archive: 40/s (seaworthy.yaml:6)
      passes: a capacity of 100/s, or a limit on that edge"
    `);
  });

  it('is content with one that can carry it', () => {
    expect(fallback('40/s', 2)).toBe('');
    expect(fallback('41/s', 2)).toContain('CA07');
  });
});
