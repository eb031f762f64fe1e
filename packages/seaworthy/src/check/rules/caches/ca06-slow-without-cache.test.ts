import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { ca06 } from './ca06-slow-without-cache.ts';

function cache(packages: Readonly<Record<string, string>>, variables = {}): string {
  const environment = { CACHE_URL: 'redis://cache', ...variables };
  return messages(ca06, nodeApp({ environment, packages }));
}

describe('CA06', () => {
  it('finds a cache that blocks for minutes', () => {
    expect(cache({ ioredis: '5.4.1' })).toMatchInlineSnapshot(`
      "compose.yaml:5:5 medium CA06
      web: a command of ioredis 5.4.1 may take 211 s
        longest time of a command of ioredis 5.4.1: 211 s (default of ioredis 5.4.1)
      passes: a timeout of a command below 60 s; 50 ms is usual"
    `);
    expect(cache({ redis: '5.0.0' })).toContain('may take for ever');
  });

  it('is content with a timeout that its callers outlast', () => {
    expect(cache({ ioredis: '5.4.1' }, { CACHE_COMMAND_TIMEOUT_MS: '50' })).toBe('');
    const environment = { CACHE_URL: 'redis://cache', CACHE_COMMAND_TIMEOUT_MS: '500' };
    const caller = (ms: number): string =>
      messages(
        ca06,
        nodeApp({
          environment,
          packages: { ioredis: '5.4.1' },
          services: `gate: { image: x:1, environment: { WEB_URL: "http://web", WEB_TIMEOUT_MS: "${ms}" } }`,
        }),
      );
    expect(caller(499)).toContain('callers wait 499 ms');
    expect(caller(500)).toBe('');
  });

  it('says how long the callers wait where that is less', () => {
    const environment = { CACHE_URL: 'redis://cache' };
    const services =
      'gate: { image: x:1, environment: { WEB_URL: "http://web", WEB_TIMEOUT_MS: "60000" } }';
    const said = messages(ca06, nodeApp({ environment, packages: { ioredis: '5.4.1' }, services }));
    expect(said).not.toContain('callers wait');
  });
});
