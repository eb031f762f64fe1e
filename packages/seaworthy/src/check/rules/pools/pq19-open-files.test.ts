import { describe, expect, it } from 'vitest';

import type { Pool } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { nodeApp, withSecondPool } from '../../testing/node-app.ts';
import { pq19 } from './pq19-open-files.ts';
import { coded } from '../../testing/edges.ts';
import { shop } from '../../testing/shop.ts';

function files(limit: number, pool: number): string {
  const environment = { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: String(pool) };
  return messages(pq19, nodeApp({ environment, web: `ulimits: { nofile: ${limit} }` }));
}

describe('PQ19', () => {
  it('finds fewer files than sockets', () => {
    expect(files(100, 90)).toMatchInlineSnapshot(`
      "compose.yaml:7:24 medium PQ19
      web: it may have 90 sockets, and open 100 files
        open files: 100 (compose.yaml:7)
        pool of application: 90 (compose.yaml:6)
      passes: nofile: 113"
    `);
  });

  it('is content with a fifth to spare', () => {
    expect(files(100, 80)).toBe('');
    expect(files(100, 81)).toContain('nofile: 102');
  });

  it('counts the slots of a model, and no pools of others or without an end', () => {
    const landscape = nodeApp({
      environment: { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: '60' },
      web: 'ulimits: { nofile: 100 }',
      files: { 'seaworthy.yaml': shop('web -> payments: {}').replace('64', '30') },
    });
    const more = (rest: Partial<Pool>): string => messages(pq19, withSecondPool(landscape, rest));
    expect(messages(pq19, landscape)).toContain('90 sockets');
    expect(more({ owner: 'db' })).toContain('90 sockets');
    expect(more({ size: coded(Infinity) })).toContain('90 sockets');
    expect(more({})).toContain('150 sockets');
  });
});
