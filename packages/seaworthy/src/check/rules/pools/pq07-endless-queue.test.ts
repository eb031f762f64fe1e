import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq07 } from './pq07-endless-queue.ts';
import { coded } from '../../testing/edges.ts';

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

  it('finds a pool that any number may wait for, and leaves its wait to PQ05', () => {
    const landscape = nodeApp({ environment: { DATABASE_URL: 'postgres://db/shop' } });
    const [known] = nodeApp({
      environment: { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: '5' },
    }).pools;
    const pool = (most: number, waitMs?: number): string => {
      const acquireTimeoutMs = waitMs === undefined ? undefined : coded(waitMs);
      const pools = [{ ...known!, queueMax: coded(most), acquireTimeoutMs }];
      return messages(pq07, { ...landscape, pools });
    };
    expect(pool(Infinity)).toContain('any number of requests may wait');
    expect(pool(10)).toBe('');
    expect(pool(Infinity, 500)).toBe('');
  });
});
