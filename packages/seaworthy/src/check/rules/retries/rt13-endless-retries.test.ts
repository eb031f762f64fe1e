import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt13 } from './rt13-endless-retries.ts';

function policy(words: string): string {
  return messages(rt13, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

/** The delays of p-retry: 1 s, 2 s, 4 s, ... */
function attempts(count: number): string {
  return policy(`retry: { attempts: ${count}, backoff: { base: 1s, cap: 1000s } }`);
}

describe('RT13', () => {
  it('finds delays that add up to minutes', () => {
    // 1 + 2 + ... + 512, as p-retry does by default.
    expect(attempts(11)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:41 high RT13
      web -> payments: application tries 11 times, which takes 1,023 s of delays alone
        attempts of web -> payments: 11 (seaworthy.yaml:8)
        first delay of web -> payments: 1 s (seaworthy.yaml:8)
        timeout of web -> payments: for ever (seaworthy.yaml:8)
      passes: a timeout for all attempts, or delays of 60 s in all at most"
    `);
  });

  it('finds attempts without an end', () => {
    const endless = 'retry: { attempts: unlimited, budget: { share: 10% } }';
    expect(policy(endless)).toContain('application tries for ever');
    expect(policy(`deadline: 5s, ${endless}`)).toBe('');
  });

  it('knows the default of p-retry', () => {
    expect(messages(rt13, nodeApp({ packages: { 'p-retry': '6.2.1' } }))).toMatchInlineSnapshot(`
      "web/package.json:1:69 medium RT13
      web: p-retry 6.2.1 tries 11 times, which takes 1,023 s of delays alone
        attempts of p-retry 6.2.1: 11 (default of p-retry 6.2.1)
        first delay of p-retry 6.2.1: 1 s (default of p-retry 6.2.1)
      passes: a timeout for all attempts, or delays of 60 s in all at most"
    `);
  });

  it('is content with a minute, and with a deadline', () => {
    expect(attempts(6)).toBe('');
    expect(attempts(7)).toContain('which takes 63 s of delays');
    const minute = 'retry: { attempts: 3, backoff: { base: 20s, cap: 40s } }';
    expect(policy(minute)).toBe('');
    expect(policy('deadline: 5s, retry: { attempts: 11, backoff: { base: 1s, cap: 1000s } }')).toBe(
      '',
    );
  });
});
