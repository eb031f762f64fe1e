import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq03 } from './pq03-busy-database.ts';

/** Four replicas of web, and a database with its own limit of cores. */
function cores(cpus: string, pool: number): string {
  const environment = { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: String(pool) };
  const web = 'deploy: { replicas: 4 }';
  return messages(pq03, nodeApp({ environment, web, db: `cpus: ${cpus}` }));
}

describe('PQ03', () => {
  it('finds more connections than cores can serve', () => {
    expect(cores('2', 30)).toMatchInlineSnapshot(`
      "compose.yaml:6:76 medium PQ03
      db: its callers may open 120 connections, and with its cores it works on 5 at once
        cores of db: 2 (compose.yaml:2)
        pool of web: 30 (compose.yaml:6)
        most replicas of web: 4 (compose.yaml:7)
      passes: 20 connections at most, of all pools together"
    `);
  });

  it('is content with four times what it works on', () => {
    // 2 cores: 5 at once, 20 connections.
    expect(cores('2', 5)).toBe('');
    expect(cores('2', 6)).toContain('20 connections at most');
  });

  it('says nothing of a database whose cores are not known', () => {
    const environment = { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: '90' };
    expect(messages(pq03, nodeApp({ environment }))).toBe('');
  });
});
