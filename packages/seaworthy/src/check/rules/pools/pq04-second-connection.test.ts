import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { pq04 } from './pq04-second-connection.ts';

const pg = "import { Pool } from 'pg';\nconst pool = new Pool();\n";
const shared = "import { pool } from './database.js';\n";
const mysql = "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({});\n";
const knex = "import Knex from 'knex';\nconst knex = Knex({ client: 'pg' });\n";

const released = 'client.release();';
const twice = `  const client = await pool.connect();
  try { await pool.query('select 1'); await client.query('commit'); } finally { ${released} }
`;

interface App {
  /** Each is the body of a handler in a file of its own. */
  readonly bodies: readonly string[];
  readonly before?: string;
  readonly packages?: Readonly<Record<string, string>>;
  readonly pool?: number;
  readonly concurrency?: number;
}

function coded({
  bodies,
  before = pg,
  packages = { pg: '8.13.0' },
  pool,
  concurrency,
}: App): string {
  const files = bodies.map((body, index) => {
    return [`web/src/a${index}.ts`, `${before}async function handle() {\n${body}\n}\n`] as const;
  });
  const model = `seaworthy: 1
name: one
services: { web: { concurrency: ${concurrency}, steps: [{ wait: 5ms }] } }
traffic: { people: { to: web, rate: 1/s } }
`;
  const app = nodeApp({
    packages,
    ...(pool && {
      environment: { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: `${pool}` },
    }),
    files: { ...Object.fromEntries(files), ...(concurrency && { 'seaworthy.yaml': model }) },
  });
  return messages(pq04, app);
}

/** The files in which it finds something. */
function found(app: App): readonly string[] {
  return [...coded(app).matchAll(/^web\/src\/(a\d+)/gm)].map(([, name]) => name!);
}

describe('PQ04', () => {
  it('finds a query over the pool while a connection is held', () => {
    expect(coded({ bodies: [twice], pool: 20 })).toMatchInlineSnapshot(`
      "web/src/a0.ts:5:15 high PQ04
      web: it holds a connection (pool.connect()) and waits for a second one (pool.query): 20
      requests at once hold all of pg 8.13.0, and wait for ever
        holds a connection and waits for another: pool.query (web/src/a0.ts:5)
        pool of pg 8.13.0: 20 (compose.yaml:6)
        requests at once of web: no limit (default of Node)
        wait for a connection of pg 8.13.0: for ever (default of pg 8.13.0)
      passes: one connection for each request"
    `);
  });

  it('is content with a connection more than there are requests', () => {
    expect(coded({ bodies: [twice], pool: 20, concurrency: 19 })).toBe('');
    const same = coded({ bodies: [twice], pool: 20, concurrency: 20 });
    expect(same).toContain('critical PQ04');
    expect(same).toContain('or a pool of 21');
  });

  it('knows drivers and pools of other files', () => {
    const second = 'const client = await pool.connect(); const b = await pool.connect();';
    expect(found({ bodies: [`${second} ${released}`], before: shared })).toEqual(['a0']);
    const connection = twice.replace('connect', 'getConnection').replace('query', 'execute');
    const packages = { mysql2: '3.11.0', knex: '3.1.0' };
    expect(found({ bodies: [connection], before: mysql, packages })).toEqual(['a0']);
    const bodies = [
      "await knex.transaction(async (trx) => { await trx('a').del(); await knex('b').insert(b); });",
      "await knex.transaction(async (trx) => { await knex.raw('select 1'); });",
    ];
    expect(found({ bodies, before: knex, packages })).toEqual(['a0', 'a1']);
  });

  it('is content with what takes one at a time, and finds nothing that is not sure', () => {
    const connect = 'const client = await pool.connect();';
    const bodies = [
      `${connect} await client.query('a'); ${released}`,
      `${connect} await client.query('a'); ${released} await pool.query('b');`,
      `await pool.query('b'); ${connect} ${released}`,
      `if (a) { ${connect} ${released} } else { await pool.query('b'); }`,
      `${connect} const later = async () => { await pool.query('b'); }; ${released}`,
      `${connect} pool.query('b'); ${released}`,
      `${connect} await other.query('b'); ${released}`,
      `${connect} await pool.query('b');`,
      `const client = pool.connect(); await pool.query('b'); ${released}`,
      `await pool.connect(); await pool.query('b'); ${released}`,
    ];
    expect(coded({ bodies })).toBe('');
    const elsewhere = "import { Pool } from 'travel';\nconst pool = new Pool();\n";
    expect(coded({ bodies: [twice], before: elsewhere })).toBe('');
    const transactions = [
      "await knex.transaction(async (trx) => { await trx('a').update({ at: knex.fn.now() }); });",
      "await knex.transaction(async (trx) => { await knex('b').insert(b).transacting(trx); });",
      "await knex.transaction(work); await knex('b').insert(b);",
      "await other.transaction(async (trx) => { await knex('b').insert(b); });",
    ];
    expect(coded({ bodies: transactions, before: knex, packages: { knex: '3.1.0' } })).toBe('');
  });

  it('says what it lacks', () => {
    expect(coded({ bodies: [twice], packages: {} })).toBe(
      'web lacks the pool of pg: a lock file with it',
    );
  });
});
