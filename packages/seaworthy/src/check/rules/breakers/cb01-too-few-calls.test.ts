import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { cb01 } from './cb01-too-few-calls.ts';

/** Each of the three replicas of web makes a third of the calls. */
function breaker(rate: string, words: string): string {
  const text = shop(`web -> payments: { breaker: { ${words} } }`).replace('300/s', rate);
  return messages(cb01, modelLandscape(text));
}

describe('CB01', () => {
  it('finds a breaker that never sees enough', () => {
    expect(breaker('3/s', 'of: 20, within: 10s')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:37 high CB01
      web -> payments: each caller makes 1/s, that is 10 calls in the window, and the breaker
      wants 20
        calls of one caller over web -> payments: 1/s (seaworthy.yaml:10)
        window of web -> payments: 10 s (seaworthy.yaml:8)
        least calls of web -> payments: 20 (seaworthy.yaml:8)
      passes: 10 calls at least, or a longer window"
    `);
  });

  it('is content as soon as it can see them', () => {
    expect(breaker('6/s', 'of: 20, within: 10s')).toBe('');
    expect(breaker('5.9/s', 'of: 20, within: 10s')).toContain('CB01');
  });

  it('is content with a breaker that a single call can open', () => {
    expect(breaker('0.1/s', 'of: 1, within: 10s')).toBe('');
    expect(breaker('0.1/s', 'of: 2, within: 10s')).toContain('CB01');
  });

  it('is content with failures in a row', () => {
    expect(breaker('3/s', 'consecutive: 5, of: 20, within: 10s')).toBe('');
  });
});
