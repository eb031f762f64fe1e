import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { onIstio } from '../../testing/mesh.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { rt22 } from './rt22-slow-connect.ts';

function connect(connectMs: number, tryMs: number, attempts = 3): string {
  return messages(
    rt22,
    fromSource({
      attempts: coded(attempts),
      tryTimeoutMs: coded(tryMs),
      connectTimeoutMs: coded(connectMs),
    }),
  );
}

describe('RT22', () => {
  it('finds an attempt that may end before it is connected', () => {
    expect(connect(10_000, 2000)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 medium RT22
      web -> payments: got tries to connect for 10 s, and an attempt has 2 s in all
        connect timeout of web -> payments: 10 s (src/payments.ts:7)
        timeout of an attempt of web -> payments: 2 s (src/payments.ts:7)
        attempts of web -> payments: 3 (src/payments.ts:7)
      passes: a connect timeout below 2 s"
    `);
  });

  it('knows the default of Istio', () => {
    expect(
      messages(rt22, onIstio('timeout: 3s\nretries: { attempts: 2, perTryTimeout: 1s }')),
    ).toContain('low RT22');
  });

  it('is content with a shorter one, and where nothing is tried again', () => {
    expect(connect(1999, 2000)).toBe('');
    expect(connect(2000, 2000)).toContain('RT22');
    expect(connect(10_000, 2000, 1)).toBe('');
  });
});
