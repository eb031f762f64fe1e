import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { rt11 } from './rt11-no-jitter.ts';

function jitter(word: string, replicas: number): string {
  const text = shop(`web -> payments: { retry: { backoff: { jitter: ${word} } } }`);
  return messages(rt11, modelLandscape(text.replace('replicas: 3', `replicas: ${replicas}`)));
}

describe('RT11', () => {
  it('finds many callers that retry in step', () => {
    expect(jitter('none', 10)).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:50 medium RT11
      web -> payments: 10 callers that fail together wait exactly as long, and try again
      together
        callers of web -> payments: 10 (seaworthy.yaml:4)
        jitter of web -> payments: 0 % (seaworthy.yaml:8)
      passes: full jitter"
    `);
    expect(jitter('none', 99)).toContain('medium RT11');
    expect(jitter('none', 100)).toContain('high RT11');
  });

  it('is content with jitter of any kind, and with few callers', () => {
    expect(jitter('full', 100)).toBe('');
    expect(jitter('20%', 100)).toBe('');
    expect(jitter('none', 9)).toBe('');
  });

  it('says what it lacks', () => {
    const backoff = { baseMs: coded(50), jitterShare: coded(0) };
    expect(messages(rt11, fromSource({ attempts: coded(3), backoff }))).toBe(
      'web -> payments lacks the number of its callers',
    );
  });
});
