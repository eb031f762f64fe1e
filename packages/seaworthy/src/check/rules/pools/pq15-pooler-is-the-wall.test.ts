import { describe, expect, it } from 'vitest';

import type { Pool } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { nodeApp, withSecondPool } from '../../testing/node-app.ts';
import { pq15 } from './pq15-pooler-is-the-wall.ts';
import { coded } from '../../testing/edges.ts';

function pooler(settings: string, poolSize = '10', audit = ''): string {
  const environment = { DATABASE_URL: 'postgres://pgbouncer/shop', DATABASE_POOL_SIZE: poolSize };
  const ini = `[databases]
shop = host=db
audit = host=db ${audit}
[pgbouncer]
${settings}
`;
  const services = 'pgbouncer: { image: edoburu/pgbouncer:1.23 }';
  return messages(pq15, nodeApp({ environment, services, files: { 'pgbouncer.ini': ini } }));
}

describe('PQ15', () => {
  it('finds pools that the server has no connections for', () => {
    expect(pooler('default_pool_size = 60')).toMatchInlineSnapshot(`
      "pgbouncer.ini:5:1 high PQ15
      pgbouncer: its 2 pools may open 120 connections, and db has 97
        pool of shop: 60 (pgbouncer.ini:5)
        pool of audit: 60 (pgbouncer.ini:5)
        max_connections of db: 100 (default of PostgreSQL)
        reserved connections: 3 (default of PostgreSQL)
      passes: pools of 48 each"
    `);
  });

  it('finds more clients than it takes', () => {
    expect(pooler('max_client_conn = 9')).toMatchInlineSnapshot(`
      "pgbouncer.ini:5:1 medium PQ15
      pgbouncer: its clients may open 10 connections, and it takes 9
        max_client_conn: 9 (pgbouncer.ini:5)
        pool of web: 10 (compose.yaml:6)
        most replicas of web: 1 (default of Docker Compose)
      passes: max_client_conn = 10"
    `);
    expect(pooler('max_client_conn = 10')).toBe('');
  });

  it('is content with what fits', () => {
    expect(pooler('default_pool_size = 48')).toBe('');
    expect(pooler('default_pool_size = 48', '10', 'pool_size=49')).toBe('');
    expect(pooler('default_pool_size = 48', '10', 'pool_size=50')).toContain('high PQ15');
    expect(pooler('default_pool_size = 49')).toContain('high PQ15');
    expect(pooler('default_pool_size = 48\nreserve_pool_size = 1')).toContain('high PQ15');
    expect(pooler('default_pool_size = 60\nmax_db_connections = 40')).toBe('');
  });

  it('counts all replicas of its own clients, and nobody else', () => {
    const environment = {
      DATABASE_URL: 'postgres://pgbouncer/shop',
      DATABASE_POOL_SIZE: '10',
    };
    const landscape = nodeApp({
      environment,
      web: 'deploy: { replicas: 3 }',
      services: 'pgbouncer: { image: edoburu/pgbouncer:1.23 }',
      files: {
        'pgbouncer.ini': '[databases]\nshop = host=db\n[pgbouncer]\nmax_client_conn = 29\n',
      },
    });
    const more = (rest: Partial<Pool>): string => messages(pq15, withSecondPool(landscape, rest));
    expect(messages(pq15, landscape)).toContain('its clients may open 30 connections');
    expect(more({ to: 'db' })).toContain('may open 30 connections');
    expect(more({ size: coded(Infinity) })).toContain('may open 30 connections');
    expect(more({})).toContain('may open 60 connections');
  });
});
