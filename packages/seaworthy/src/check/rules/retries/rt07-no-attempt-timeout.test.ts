import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { rt07 } from './rt07-no-attempt-timeout.ts';

function policy(words: string): string {
  const text = shop(`web -> payments: { ${words} }`);
  return messages(rt07, modelLandscape(text));
}

describe('RT07', () => {
  it('finds attempts that may each take all the time', () => {
    expect(policy('deadline: 2s, retry: 4')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:43 high RT07
      web -> payments: application makes up to 4 attempts within 2 s, and the first has no
      timeout of its own
        attempts of web -> payments: 4 (seaworthy.yaml:8)
        timeout of web -> payments: 2 s (seaworthy.yaml:8)
        timeout of an attempt of web -> payments: for ever (seaworthy.yaml:8)
      passes: a timeout below 500 ms for each attempt"
    `);
    expect(policy('deadline: 2s, timeout: 2s, retry: 4')).toMatch(/the first may take 2 s/);
  });

  it('is content with a timeout for each attempt, with one attempt, and without a deadline', () => {
    expect(policy('deadline: 2s, timeout: 1999ms, retry: 4')).toBe('');
    expect(policy('deadline: 2s, retry: 1')).toBe('');
    expect(policy('retry: 4')).toBe('');
  });
});
