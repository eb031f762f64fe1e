import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { onIstio } from '../../testing/mesh.ts';
import { rt03 } from './rt03-no-budget.ts';

function policy(words: string): string {
  return messages(rt03, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

describe('RT03', () => {
  it('finds retries that nothing bounds', () => {
    expect(policy('retry: 3')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:29 high RT03
      web -> payments: when payments fails, 300/s become up to 900/s, and nothing bounds that
        attempts of web -> payments: 3 (seaworthy.yaml:8)
        calls of web -> payments: 300/s (seaworthy.yaml:10)
      passes: a budget of 10 %"
    `);
  });

  it('finds a budget that is none', () => {
    expect(policy('retry: { budget: { share: 50% } }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:48 high RT03
      web -> payments: its budget allows 50 % more load, for as long as it fails
        budget of web -> payments: 50 % (seaworthy.yaml:8)
      passes: a budget of 25 % or less; 10 % is usual"
    `);
    expect(policy('retry: { budget: { share: 25% } }')).toBe('');
  });

  it('says what it lacks to judge the retries of a mesh', () => {
    expect(messages(rt03, onIstio('retries: { attempts: 2 }'))).toBe(
      'web -> payments lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
    expect(messages(rt03, onIstio('retries: { attempts: 0 }'))).toBe('');
  });

  it('is content with a budget, with one attempt, and with a trickle', () => {
    expect(policy('retry: { budget: { share: 10% } }')).toBe('');
    expect(policy('retry: 1')).toBe('');
    const trickle = (rate: string): string =>
      messages(rt03, modelLandscape(shop('web -> payments: { retry: 3 }').replace('300/s', rate)));
    expect(trickle('9/s')).toBe('');
    expect(trickle('10/s')).toContain('10/s become up to 30/s');
  });
});
