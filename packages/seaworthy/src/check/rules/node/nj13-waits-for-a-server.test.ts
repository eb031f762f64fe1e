import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj13 } from './nj13-waits-for-a-server.ts';

interface Store {
  readonly address?: string;
  readonly code?: string;
  readonly timeoutMs?: number;
  readonly driver?: string;
}

/** front calls web, which has a store. */
function store({
  address = 'mongodb://docs/shop',
  code = '',
  timeoutMs,
  driver = 'mongodb',
}: Store) {
  const timeout = timeoutMs === undefined ? '' : `, WEB_TIMEOUT_MS: "${timeoutMs}"`;
  const front = `front: { image: shop/front:1, environment: { WEB_URL: "http://web"${timeout} } }`;
  return messages(
    nj13,
    nodeApp({
      environment: { DOCS_URL: address },
      packages: { [driver]: '7.8.0' },
      services: `docs: { image: mongo:8.0 }\n  ${front}`,
      files: { 'web/db.js': `${code}\n` },
    }),
  );
}

describe('NJ13', () => {
  it('finds a driver that waits longer than its callers', () => {
    expect(store({ timeoutMs: 2000 })).toMatchInlineSnapshot(`
      "compose.yaml:5:5 low NJ13
      web: mongodb 7.8.0 waits 30 s for a server that takes its command, and callers wait 2 s
      for the answer
        serverSelectionTimeoutMS of mongodb 7.8.0: 30 s (default of mongodb 7.8.0)
        timeout of an attempt of front -> web: 2 s (compose.yaml:9)
      passes: serverSelectionTimeoutMS below 2 s"
    `);
    const code = 'new MongoClient(process.env.DOCS_URL, { serverSelectionTimeoutMS: 2000 });';
    expect(store({ code, timeoutMs: 2000 })).toContain('medium NJ13');
  });

  it('is content with a shorter wait, in the code or in the address', () => {
    const code = 'new MongoClient(process.env.DOCS_URL, { serverSelectionTimeoutMS: 1999 });';
    expect(store({ code, timeoutMs: 2000 })).toBe('');
    const address = 'mongodb://docs/shop?retryWrites=true&serverSelectionTimeoutMS=1000';
    expect(store({ address, timeoutMs: 2000 })).toBe('');
    expect(store({ timeoutMs: 2000, driver: 'pg' })).toBe('');
  });

  it('says what it lacks', () => {
    expect(store({})).toBe('web lacks how long its callers wait');
  });
});
