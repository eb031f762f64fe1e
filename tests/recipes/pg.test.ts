import type { Policy, task } from '@seaworthy/policy';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPostgres } from '../debian/postgres.ts';
import { debianProgram } from '../debian/program.ts';
import { eventually } from './eventually.ts';
import { recipe } from './recipe.ts';

type Query = (sql: string, values?: unknown[]) => Promise<QueryResult>;

/** What the module of the recipe exports. */
interface Recipe {
  readonly pool: Pool;
  readonly database: Policy;
  readonly repeatable: Query;
  readonly once: Query;
  readonly task: typeof task;
  transaction<T>(work: (on: PoolClient) => Promise<T>): Promise<T>;
}

const program = await debianProgram('postgresql', 'the recipe for pg');

/** On a machine that is busy with other tests. */
const startMaxMs = 60_000;

// Again where a busy machine held up what has 500 ms.
describe.skipIf(program === undefined)('the recipe for pg', { retry: 2 }, () => {
  let running: Awaited<ReturnType<typeof startPostgres>>;
  let its: Recipe;

  const breaker = () => its.database.snapshot().breaker;
  const answers = () => its.repeatable('SELECT 1').then(Boolean, () => false);
  /** Statements that run there, this one not counted. */
  const atWork = async () => {
    const { rows } = await its.repeatable(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend'",
    );
    return (rows[0] as { n: number }).n - 1;
  };

  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    running = await startPostgres(program!);
    process.env['DATABASE_URL'] = running.url;
    its = await recipe<Recipe>('pg');
    const { pool } = its;
    await pool.query('CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL)');
    await pool.query('INSERT INTO accounts VALUES (1, 100), (2, 100)');
  }, startMaxMs);

  // What one of them broke is not that of the next.
  beforeEach(() => eventually(async () => (await answers()) && breaker() === 'closed'));

  afterAll(async () => {
    await its.pool.end();
    await running.end();
    vi.restoreAllMocks();
  });

  it('answers, also where there is nothing', async () => {
    const { rows } = await its.repeatable('SELECT balance FROM accounts WHERE id = $1', [1]);
    expect(rows).toEqual([{ balance: 100 }]);
    expect((await its.repeatable('SELECT 1 FROM accounts WHERE id = 3')).rows).toEqual([]);
  });

  it('hands on what is wrong with a statement, and does not hold it against the database', async () => {
    for (let call = 0; call < 30; call++) {
      const twice = its.repeatable('INSERT INTO accounts VALUES (1, 0)');
      await expect(twice).rejects.toMatchObject({ code: '23505' });
    }
    expect([its.pool.totalCount, breaker()]).toEqual([1, 'closed']);
  });

  it('begins a transaction anew that lost a race', async () => {
    let begun = 0;
    const add = (to: number) => async (on: PoolClient) => {
      begun++;
      const { rows } = await on.query('SELECT sum(balance)::int AS all FROM accounts');
      await on.query('SELECT pg_sleep(0.05)');
      const { all } = rows[0] as { all: number };
      await on.query('UPDATE accounts SET balance = $1 WHERE id = $2', [all, to]);
    };
    await its.once('UPDATE accounts SET balance = 100');
    await Promise.all([its.transaction(add(1)), its.transaction(add(2))]);
    const { rows } = await its.repeatable('SELECT balance FROM accounts ORDER BY balance');
    // One after the other: the second saw what the first had written.
    expect(rows).toEqual([{ balance: 200 }, { balance: 300 }]);
    expect(begun).toBeGreaterThan(2);
    expect(breaker()).toBe('closed');
  });

  it('keeps nothing of a transaction that fails', async () => {
    const failed = its.transaction(async (on) => {
      await on.query('UPDATE accounts SET balance = 0');
      throw new RangeError('no');
    });
    await expect(failed).rejects.toThrow(RangeError);
    expect((await its.repeatable('SELECT 1 FROM accounts WHERE balance = 0')).rows).toEqual([]);
  });

  it('ends a statement that takes too long, here at once and there soon', async () => {
    await expect(its.once('SELECT pg_sleep(30)')).rejects.toMatchObject({
      code: expect.stringMatching(/^SEAWORTHY_(TIMEOUT|LAG)$/) as string,
    });
    await eventually(() => its.database.snapshot().inFlight === 0);
    await eventually(async () => (await atWork()) === 0);
  });

  it('gives the slot and the connection back when the deadline of a task has passed', async () => {
    const asked = its.task({ deadline: '100ms' }, () => its.repeatable('SELECT pg_sleep(30)'));
    await expect(asked).rejects.toMatchObject({ code: 'SEAWORTHY_DEADLINE' });
    await eventually(() => its.database.snapshot().inFlight === 0);
    expect(its.pool.totalCount - its.pool.idleCount).toBe(0);
  });

  it('lets nobody wait in the pool, and refuses what does not fit into its queue', async () => {
    let waited = 0;
    const sampling = setInterval(() => (waited = Math.max(waited, its.pool.waitingCount)), 2);
    const ended = await Promise.allSettled(
      Array.from({ length: 100 }, () => its.once('SELECT pg_sleep(0.05)')),
    );
    clearInterval(sampling);
    const refused = ended.filter(
      (each) =>
        each.status === 'rejected' &&
        (each.reason as { code: string }).code === 'SEAWORTHY_QUEUE_FULL',
    );
    // Ten run, fifty wait.
    expect(refused).toHaveLength(40);
    expect(waited).toBe(0);
  });

  it('fails at once while the database is gone, and goes on with the one that comes', async () => {
    await running.server.kill('SIGQUIT');
    await eventually(async () => !(await answers()) && breaker() !== 'closed');
    expect(its.database.snapshot()).toMatchObject({ inFlight: 0, queued: 0 });
    await running.server.restart();
    await eventually(async () => (await answers()) && breaker() === 'closed');
  });
});
