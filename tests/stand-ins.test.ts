import { resolve } from 'node:path';
import { Client } from 'pg';
import { createClient } from 'redis';
import { afterEach, describe, expect, it } from 'vitest';
import { TestServer } from './debian/server.ts';

const folder = resolve(import.meta.dirname, '../examples/shop-real');

let server: TestServer;
afterEach(() => server.kill());

/** As where neither Redis nor PostgreSQL is installed. */
async function start(script: string): Promise<number> {
  server = await TestServer.start((port) => ['env', `PORT=${port}`, process.execPath, script], {
    cwd: folder,
    env: { ...process.env, STAND_INS: 'yes' },
  });
  return server.port;
}

describe('what stands in for a server in examples/shop-real', () => {
  it('speaks as much of PostgreSQL as its client needs', { timeout: 30_000 }, async () => {
    const port = await start('services/database.mjs');
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres' });
    await client.connect();
    const beganMs = performance.now();
    await client.query('BEGIN; SELECT pg_sleep(0.05)');
    expect(performance.now() - beganMs).toBeGreaterThan(48);
    const done = await client.query('INSERT INTO orders (tax) VALUES (0.19); COMMIT');
    expect(done).toMatchObject([{ command: 'INSERT' }, { command: 'COMMIT' }]);
    await client.end();
  });

  it('speaks as much of Redis as its client needs', { timeout: 30_000 }, async () => {
    const port = await start('services/sessions.mjs');
    const client = createClient({ url: `redis://127.0.0.1:${port}` });
    await client.connect();
    expect(await Promise.all([client.get('session:7'), client.get('session:8')])).toEqual([
      null,
      null,
    ]);
    await client.close();
  });
});
