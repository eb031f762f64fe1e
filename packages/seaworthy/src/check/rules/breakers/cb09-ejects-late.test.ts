import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { shop } from '../../testing/shop.ts';
import { onIstio } from '../../testing/mesh.ts';
import { cb09 } from './cb09-ejects-late.ts';

/** Three replicas of web call two of payments. */
function ejects(failures: number, rate?: string): string {
  const text = shop('web -> payments: { timeout: 1s }');
  const model = rate === undefined ? {} : { model: text.replace('300/s', rate) };
  const policy = `outlierDetection: { consecutive5xxErrors: ${failures} }`;
  return messages(cb09, onIstio('timeout: 1s', { policy, ...model }));
}

describe('CB09', () => {
  it('finds ejection that takes minutes', () => {
    expect(ejects(5, '0.6/s')).toMatchInlineSnapshot(`
      "mesh.yaml:41:84 medium CB09
      web -> payments: each caller sends 0.1/s to each replica, so that 5 failures take 50 s
        failures in a row of web -> payments (istio): 5 (mesh.yaml:41)
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
    expect(ejects(5)).toBe(
      'web -> payments lacks how many calls a second go over it: traces, or a seaworthy.yaml',
    );
  });

  it('proposes a failure at least', () => {
    // One in half a minute.
    expect(ejects(5, '0.2/s')).toContain('passes: 1 failures in a row');
    expect(ejects(5, '0.19/s')).toContain('passes: ejection by active health checks');
  });
});
