import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt12 } from './rt12-no-delay.ts';

function policy(words: string): string {
  return messages(rt12, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

describe('RT12', () => {
  it('finds attempts without a delay between them', () => {
    expect(policy('retry: { backoff: { base: 0s, cap: 0s } }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:48 medium RT12
      web -> payments: application makes its 3 attempts one right after the other
        attempts of web -> payments: 3 (default of seaworthy.yaml)
        first delay of web -> payments: 0 ms (seaworthy.yaml:8)
      passes: a first delay of 50 ms"
    `);
  });

  it('knows the default of axios-retry', () => {
    const landscape = nodeApp({ packages: { 'axios-retry': '4.5.0' } });
    expect(messages(rt12, landscape)).toContain('low RT12');
  });

  it('is content with any delay, and with one attempt', () => {
    expect(policy('retry: { backoff: { base: 1ms } }')).toBe('');
    expect(policy('retry: { attempts: 1, backoff: { base: 0s } }')).toBe('');
  });
});
