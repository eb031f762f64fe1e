import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onIstio } from '../../testing/mesh.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { rt15 } from './rt15-retried-writes.ts';

describe('RT15', () => {
  it('finds methods that write among those that are retried', () => {
    const layer = {
      attempts: coded(3),
      retryMethods: coded(['GET', 'POST']),
      retryOn: coded(['ECONNREFUSED', '503']),
    };
    expect(messages(rt15, fromSource(layer))).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 high RT15
      web -> payments: got sends writes up to 3 times, also after 503, when they may have been
      done
        methods of got: POST (src/payments.ts:7)
        attempts of web -> payments: 3 (src/payments.ts:7)
        conditions of web -> payments: ECONNREFUSED, 503 (src/payments.ts:7)
      passes: 1 attempt, or connect-failure, refused-stream and reset-before-request alone"
    `);
  });

  it('finds edges that write, under the retries of a mesh', () => {
    const landscape = onIstio('retries: { attempts: 2, retryOn: 5xx }');
    const edges = landscape.edges.map((edge) => ({ ...edge, writes: coded(true) }));
    expect(messages(rt15, { ...landscape, edges })).toContain('mesh.yaml');
    const reads = landscape.edges.map((edge) => ({ ...edge, writes: coded(false) }));
    expect(messages(rt15, { ...landscape, edges: reads })).toBe('');
  });

  it('is content where nothing was done yet, and where only reads are retried', () => {
    const safe = 'connect-failure,refused-stream,reset-before-request';
    expect(messages(rt15, onIstio(`retries: { attempts: 2, retryOn: "${safe}" }`))).toBe('');
    expect(messages(rt15, onIstio('retries: { attempts: 0, retryOn: 5xx }'))).toBe('');
    const reading = { attempts: coded(3), retryMethods: coded(['GET']), retryOn: coded(['503']) };
    expect(messages(rt15, fromSource(reading, { writes: coded(true) }))).toBe('');
  });

  it('says what it lacks', () => {
    expect(messages(rt15, onIstio('retries: { attempts: 2, retryOn: 5xx }'))).toBe(
      'web -> payments lacks whether its calls change something',
    );
  });
});
