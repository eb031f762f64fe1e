import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq07 } from './pq07-endless-queue.ts';

function cache(packages: Readonly<Record<string, string>>, variables = {}): string {
  const environment = { CACHE_URL: 'redis://cache', ...variables };
  return messages(pq07, nodeApp({ environment, packages }));
}

describe('PQ07', () => {
  it('finds a client that keeps commands without end', () => {
    expect(cache({ ioredis: '5.4.1' })).toMatchInlineSnapshot(`
      "compose.yaml:5:5 medium PQ07
      web: ioredis 5.4.1 keeps any number of commands while there is no connection
        commands that ioredis 5.4.1 keeps: no limit (default of ioredis 5.4.1)
        timeout of a command of ioredis 5.4.1: for ever (default of ioredis 5.4.1)
      passes: no offline queue, or a timeout for each command"
    `);
  });

  it('is content with a timeout, and where no client is known', () => {
    expect(cache({ ioredis: '5.4.1' }, { CACHE_COMMAND_TIMEOUT_MS: '50' })).toBe('');
    expect(cache({})).toBe('');
  });
});
