import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { onIstio } from '../../testing/mesh.ts';
import { rt06 } from './rt06-dead-attempts.ts';

function policy(words: string): string {
  return messages(rt06, modelLandscape(shop(`web -> payments: { ${words} }`)));
}

describe('RT06', () => {
  it('finds attempts that there is no time for', () => {
    expect(policy('deadline: 2s, timeout: 1s, retry: 3')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:32 medium RT06
      web -> payments: attempt 3 would begin after 2.08 s, and the call ends after 2 s
        timeout of web -> payments: 2 s (seaworthy.yaml:8)
        attempts of web -> payments: 3 (seaworthy.yaml:8)
        timeout of an attempt of web -> payments: 1 s (seaworthy.yaml:8)
        first delay of web -> payments: 50 ms (default of seaworthy.yaml)
      passes: a timeout of 3.08 s for all attempts"
    `);
  });

  it('counts the mean of the delays', () => {
    // 1 s + 1 s + (100 ms + 200 ms) / 2, by full jitter.
    const retry = 'retry: { attempts: 3, backoff: { base: 100ms, cap: 1s } }';
    expect(policy(`deadline: 2150ms, timeout: 1s, ${retry}`)).toContain('RT06');
    expect(policy(`deadline: 2151ms, timeout: 1s, ${retry}`)).toBe('');
  });

  it('reads routes of Istio', () => {
    expect(
      messages(rt06, onIstio('timeout: 3s\nretries: { attempts: 2, perTryTimeout: 2s }')),
    ).toContain('attempt 3 would begin after 4.04 s, and the call ends after 3 s');
  });

  it('leaves attempts without a timeout of their own to RT07', () => {
    expect(policy('deadline: 2s, retry: 3')).toBe('');
    expect(policy('timeout: 1s, retry: 3')).toBe('');
    const endless = 'retry: { attempts: unlimited, budget: { share: 10% } }';
    expect(policy(`deadline: 2s, timeout: 1s, ${endless}`)).toBe('');
    expect(policy('deadline: 2s, timeout: 2s, retry: 3')).toBe('');
    expect(policy('deadline: 2s, timeout: 1s, retry: 1')).toBe('');
  });
});
