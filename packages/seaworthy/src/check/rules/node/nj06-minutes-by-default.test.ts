import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { fromSource } from '../../testing/edges.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj06 } from './nj06-minutes-by-default.ts';

function client(packages: Readonly<Record<string, string>>, variables = {}): string {
  const environment = { API_URL: 'http://api', ...variables };
  const services = 'api: { image: shop/api:1 }';
  return messages(nj06, nodeApp({ environment, packages, services }));
}

describe('NJ06', () => {
  it('finds a call that takes ten minutes by default', () => {
    expect(client({ undici: '7.10.0' })).toMatchInlineSnapshot(`
      "compose.yaml:6:29 medium NJ06
      web -> api: web waits up to 600 s for api, by the default of undici 7.10.0
        timeout of an attempt of web -> api: 600 s (default of undici 7.10.0)
      passes: a timeout of a few seconds"
    `);
  });

  it('accepts a minute', () => {
    const origin = { kind: 'default', of: 'a client', source: 'https://a.client' } as const;
    const layer = (value: number) => ({ tryTimeoutMs: { value, origin } });
    expect(messages(nj06, fromSource(layer(60_000)))).toBe('');
    expect(messages(nj06, fromSource(layer(60_001)))).toContain('NJ06');
  });

  it('is content with a timeout of its own, with a short default, and leaves none at all to RT08', () => {
    expect(client({ undici: '7.10.0' }, { API_TIMEOUT_MS: '2000' })).toBe('');
    expect(client({ ky: '1.8.0' })).toBe('');
    expect(client({ axios: '1.9.0' })).toBe('');
    const origin = { kind: 'default', of: 'a mesh', source: 'https://a.mesh' } as const;
    const endless = { timeoutMs: { value: Infinity, origin }, attempts: { value: 3, origin } };
    expect(messages(nj06, fromSource(endless))).toBe('');
  });
});
