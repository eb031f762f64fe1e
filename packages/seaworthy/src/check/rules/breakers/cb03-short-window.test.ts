import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { cb03 } from './cb03-short-window.ts';

function policy(words: string): string {
  return messages(cb03, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

describe('CB03', () => {
  it('finds a window in which no timeout ends', () => {
    expect(policy('timeout: 6s, breaker: { within: 10s }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:54 high CB03
      web -> payments: the breaker looks at the last 10 s, and an attempt may take 6 s
        window of web -> payments: 10 s (seaworthy.yaml:8)
        timeout of an attempt of web -> payments: 6 s (seaworthy.yaml:8)
      passes: a window of 12 s or more"
    `);
  });

  it('is content with two timeouts in a window, and with none', () => {
    expect(policy('timeout: 5s, breaker: { within: 10s }')).toBe('');
    expect(policy('breaker: { within: 10s }')).toBe('');
    expect(policy('timeout: 6s')).toBe('');
  });
});
