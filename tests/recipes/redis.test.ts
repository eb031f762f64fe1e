import { once as onceEvent } from 'node:events';
import { connect } from 'node:net';
import type { Policy } from '@seaworthy/policy';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { debianProgram } from '../debian/program.ts';
import { startRedis } from '../debian/redis.ts';
import { eventually } from './eventually.ts';
import { recipe } from './recipe.ts';

/** What both clients can be told in the same words. */
interface Commands {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<unknown>;
  incr(key: string): Promise<number>;
}

type Send = <T>(send: (to: Commands) => Promise<T>) => Promise<T>;

/** What the module of each recipe exports. */
interface Recipe {
  readonly client: { destroy?(): void; disconnect(): unknown };
  readonly redis: Policy;
  readonly repeatable: Send;
  readonly once: Send;
}

/** One command over a connection of its own. */
async function tell(port: number, line: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${line}\r\n`);
  const [reply] = (await onceEvent(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(reply.toString()).toBe('+OK\r\n');
}

const program = await debianProgram('redis-server', 'the recipes for node-redis and ioredis');

/** On a machine that is busy with other tests. */
const startMaxMs = 60_000;

// Again where a busy machine held up what has 100 ms.
const options = { retry: 2, skip: program === undefined };

describe.each(['node-redis', 'ioredis'])('the recipe for %s', options, (name) => {
  let running: Awaited<ReturnType<typeof startRedis>>;
  let its: Recipe;

  const breaker = () => its.redis.snapshot().breaker;
  const get = () => its.repeatable((to) => to.get('name'));
  /** Once it answers again, and the breaker has seen that. */
  const recovered = () =>
    eventually(async () => {
      const set = its.repeatable((to) => to.set('name', 'Ada'));
      return (await set.catch(() => undefined)) === 'OK' && breaker() === 'closed';
    });

  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    running = await startRedis(program!);
    process.env['REDIS_URL'] = running.url;
    its = await recipe<Recipe>(name);
  }, startMaxMs);

  beforeEach(async () => {
    running.server.thaw();
    await recovered();
  });

  afterAll(async () => {
    const { client } = its;
    if (client.destroy === undefined) client.disconnect();
    else client.destroy();
    await running.end();
    vi.restoreAllMocks();
  });

  it('answers, also where there is nothing', async () => {
    expect(await get()).toBe('Ada');
    expect(await its.repeatable((to) => to.get('nobody'))).toBeNull();
  });

  it('hands on what Redis says of a command, and neither repeats it nor holds it against Redis', async () => {
    let sent = 0;
    for (let call = 0; call < 30; call++) {
      const wrong = its.repeatable((to) => {
        sent++;
        return to.incr('name');
      });
      await expect(wrong).rejects.toThrow('not an integer');
    }
    expect([sent, breaker()]).toEqual([30, 'closed']);
  });

  it('tries again when Redis is full', async () => {
    const { port } = running.server;
    await tell(port, 'CONFIG SET maxmemory 1');
    let sent = 0;
    const kept = its.repeatable(async (to) => {
      if (++sent === 2) await tell(port, 'CONFIG SET maxmemory 0');
      return to.set('name', 'Ada');
    });
    expect(await kept).toBe('OK');
    expect(sent).toBeGreaterThanOrEqual(2);
  });

  it('leaves a Redis alone that stands still, and gets its slots back with the connection', async () => {
    await its.repeatable((to) => to.set('visits', '0'));
    running.server.freeze();
    let sent = 0;
    const counted = its.once((to) => {
      sent++;
      return to.incr('visits');
    });
    await expect(counted).rejects.toMatchObject({
      code: expect.stringMatching(/^SEAWORTHY_(TIMEOUT|LAG)$/) as string,
    });
    // Nobody waits for it any more, and it is still on its way.
    expect(its.redis.snapshot().inFlight).toBe(1);
    await eventually(async () => {
      await Promise.allSettled(Array.from({ length: 30 }, get));
      return breaker() !== 'closed';
    });
    await eventually(() => its.redis.snapshot().inFlight === 0);
    running.server.thaw();
    await recovered();
    expect(Number(await its.repeatable((to) => to.get('visits')))).toBeLessThanOrEqual(1);
    expect(sent).toBe(1);
  });

  it('fails at once while Redis is gone, and goes on with the one that comes', async () => {
    await running.server.kill();
    await eventually(async () => {
      return get().then(
        () => false,
        () => true,
      );
    });
    await Promise.allSettled(Array.from({ length: 100 }, get));
    // Nothing waits for a connection, or for a command that can have no answer.
    expect(its.redis.snapshot()).toMatchObject({ inFlight: 0, queued: 0 });
    await running.server.restart();
    await recovered();
    expect(await get()).toBe('Ada');
  });
});
