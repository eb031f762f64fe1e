import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { shop } from '../../testing/shop.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { cb09 } from './cb09-ejects-late.ts';

/** Three replicas of web call two of payments. */
function ejects(failures: number, rate: string): string {
  const model = modelLandscape(shop('web -> payments: { timeout: 1s }').replace('300/s', rate));
  const { edges } = fromSource({ who: 'istio', outliers: { consecutive: coded(failures) } });
  return messages(cb09, { ...model, edges });
}

describe('CB09', () => {
  it('finds ejection that takes minutes', () => {
    expect(ejects(5, '0.6/s')).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 medium CB09
      web -> payments: each caller sends 0.1/s to each replica, so that 5 failures take 50 s
        failures in a row of web -> payments: 5 (src/payments.ts:7)
        calls of one caller over web -> payments: 0.2/s (seaworthy.yaml:10)
        replicas of payments: 2 (seaworthy.yaml:5)
      passes: 2 failures in a row"
    `);
  });

  it('is content with half a minute', () => {
    expect(ejects(5, '1/s')).toBe('');
    expect(ejects(6, '1/s')).toContain('5 failures in a row');
  });

  it('says what it lacks', () => {
    const landscape = fromSource({ outliers: { consecutive: coded(5) } });
    const workloads = modelLandscape(shop('web -> payments: { timeout: 1s }'));
    const { models } = workloads;
    const { edges } = fromSource({ outliers: { consecutive: coded(5) } }, { from: 'gate' });
    expect(messages(cb09, landscape)).toBe('');
    expect(messages(cb09, { ...landscape, models, edges })).toBe(
      'gate -> payments lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
  });
});
