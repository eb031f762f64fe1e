import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj10 } from './nj10-pool-by-host.ts';

function prisma(version: string, environment: Readonly<Record<string, string>>): string {
  return messages(nj10, nodeApp({ environment, packages: { '@prisma/client': version } }));
}

const address = { DATABASE_URL: 'postgres://db/shop' };

describe('NJ10', () => {
  it('finds a pool that depends on the node', () => {
    expect(prisma('6.9.0', address)).toMatchInlineSnapshot(`
      "web/package.json:1:76 high NJ10
      web: its pool has twice the cores of whatever node it runs on, plus one
        @prisma/client: 6.9.0 (web/package.json:1)
      passes: connection_limit=5 in the address of the database"
    `);
  });

  it('is content with a limit in the address, with a newer Prisma, and without it', () => {
    expect(prisma('6.9.0', { DATABASE_URL: 'postgres://db/shop?connection_limit=5' })).toBe('');
    expect(prisma('6.9.0', { ...address, DATABASE_CONNECTION_LIMIT: '5' })).toBe('');
    expect(prisma('7.0.0', address)).toBe('');
    expect(messages(nj10, nodeApp({ environment: address, packages: { pg: '8.16.3' } }))).toBe('');
  });

  it('does not take the pool of another for its own', () => {
    const landscape = nodeApp({
      environment: { ...address, DATABASE_CONNECTION_LIMIT: '5' },
      packages: { '@prisma/client': '6.9.0' },
    });
    const pools = landscape.pools.map((pool) => ({ ...pool, owner: 'api' }));
    expect(messages(nj10, { ...landscape, pools })).toContain('NJ10');
  });
});
