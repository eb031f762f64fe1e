import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { withPolicy } from '../fetch/fetch.ts';
import type { Policy } from '../promise/policy.ts';
import { closeServers, listen, ok, pause, serve, until } from '../testing/http-server.ts';
import type { ServerOptions } from './door.ts';
import * as forExpress from './express.ts';
import * as forFastify from './fastify.ts';
import * as forHono from './hono-on-node.ts';

interface Made {
  readonly url: string;
  readonly policy: Policy;
}
type Options = ServerOptions<unknown>;
type Handler = () => Promise<string>;
type Make = (options: Options, handler: Handler) => Promise<Made>;

/** What another middleware keeps for its own request. */
const own = new AsyncLocalStorage<string>();

const makers: Readonly<Record<string, Make>> = {
  async express(options, handler) {
    const door = forExpress.serverPolicy(options);
    const app = express();
    app.use((request, _, next) => own.run((request.query as { id: string }).id, next));
    app.use(door);
    app.use(express.json());
    app.all('/', async (_, response) => {
      response.send(await handler());
    });
    return { url: await listen(createServer(app)), policy: door.policy };
  },
  async fastify(options, handler) {
    const door = forFastify.serverPolicy(options);
    const app = fastify();
    app.addHook('onRequest', (request, _, done) => {
      own.run(String((request.query as { id?: string }).id), done);
    });
    app.register(door);
    app.get('/', handler);
    app.post('/', handler);
    await app.ready();
    return { url: await listen(app.server), policy: door.policy };
  },
  async hono(options, handler) {
    const door = forHono.serverPolicy(options);
    const app = new Hono();
    app.onError((_, context) => context.text('failed', 500));
    app.use((context, next) => own.run(String(context.req.query('id')), next));
    app.use(door);
    app.all('/', async (context) => {
      if (context.req.method === 'POST') await context.req.json();
      return context.text(await handler());
    });
    return { url: await listen(createAdaptorServer(app) as Server), policy: door.policy };
  },
  async http(options, handler) {
    const door = forExpress.serverPolicy(options);
    const server = createServer((request, response) => {
      const id = new URL(request.url!, 'http://x').searchParams.get('id');
      own.run(String(id), () =>
        door(request, response, () => {
          void handler().then((text) => response.end(text));
        }),
      );
    });
    return { url: await listen(server), policy: door.policy };
  },
};

/** A handler that ends when the test says so. */
function gated(): { handler: Handler; waiting: (() => void)[] } {
  const waiting: (() => void)[] = [];
  const handler = async (): Promise<string> => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
    return own.getStore()!;
  };
  return { handler, waiting };
}

const one = { concurrency: 1, queue: { limit: 1 } } as const;
const trusted = (): boolean => true;
const told = {
  'x-seaworthy-remaining-ms': '5000',
  'x-seaworthy-attempts-left': '3',
  'x-seaworthy-criticality': 'sheddable-plus; 5',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'a=b',
};

afterEach(closeServers);

describe.each(Object.entries(makers))('serverPolicy on %s', (_, make) => {
  it('hands what a trusted peer says on to what the handler calls', async () => {
    const below = await serve(ok('well'));
    const telling = withPolicy(fetch, {}, { propagate: true });
    const handler: Handler = async () => {
      await pause(20);
      return (await telling(below.url)).text();
    };
    const { url } = await make({ trusted }, handler);
    const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    for (const init of [{ headers: {} }, post]) {
      const response = await fetch(url, { ...init, headers: { ...told, ...init.headers } });
      expect(await response.text()).toBe('well');
      const { headers } = below.seen.pop()!;
      expect(headers).toMatchObject({
        'x-seaworthy-attempts-left': '2',
        'x-seaworthy-criticality': 'sheddable-plus; 5',
        traceparent: told.traceparent,
        tracestate: 'a=b',
      });
      const remainingMs = Number(headers['x-seaworthy-remaining-ms']);
      expect(remainingMs).toBeGreaterThan(4000);
      expect(remainingMs).toBeLessThan(4981);
    }
  });

  it('believes nobody, unless it is told whom to trust', async () => {
    const below = await serve(ok('well'));
    const telling = withPolicy(fetch, {}, { propagate: true });
    const { url } = await make({}, async () => (await telling(below.url)).text());
    const headers = { ...told, 'x-seaworthy-remaining-ms': '0' };
    expect(await (await fetch(url, { headers })).text()).toBe('well');
    const names = Object.keys(below.seen[0]!.headers).filter((name) => name.startsWith('x-sea'));
    expect(names).toEqual([]);
    expect(below.seen[0]!.headers['traceparent']).toBe(told.traceparent);
  });

  it('ignores what cannot be read', async () => {
    const { url } = await make({ trusted }, async () => 'well');
    const headers = {
      'x-seaworthy-remaining-ms': '-1',
      'x-seaworthy-attempts-left': 'all',
      'x-seaworthy-criticality': 'utmost',
    };
    expect((await fetch(url, { headers })).status).toBe(200);
  });

  it('turns away whom it has no room for, and says why and when to come back', async () => {
    const { handler, waiting } = gated();
    const { url, policy } = await make({ limit: one, retryAfter: '4s' }, handler);
    const first = fetch(`${url}/?id=first`);
    await until(() => waiting.length === 1);
    const second = fetch(`${url}/?id=second`);
    await until(() => policy.snapshot().queued === 1);
    const waits: number[] = [];
    for (let request = 0; request < 8; request++) {
      const refused = await fetch(url);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('x-seaworthy-reason')).toBe('queue-full');
      const waitMs = Number(refused.headers.get('retry-after-ms'));
      waits.push(waitMs);
      expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(waitMs / 1000)));
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(6000);
    expect(new Set(waits).size).toBeGreaterThan(4);
    waiting.shift()!();
    expect(await (await first).text()).toBe('first');
    await until(() => waiting.length === 1);
    waiting.shift()!();
    // Let in when the first had gone, it runs in its own context all the same.
    expect(await (await second).text()).toBe('second');
    await until(() => policy.snapshot().inFlight === 0);
  });

  it('refuses work whose deadline has passed, at once or while it waits', async () => {
    const { handler, waiting } = gated();
    const { url, policy } = await make({ trusted, limit: one }, handler);
    const headers = { 'x-seaworthy-remaining-ms': '0' };
    const late = await fetch(url, { headers });
    expect([late.status, late.headers.get('x-seaworthy-reason')]).toEqual([504, 'deadline']);
    expect(late.headers.get('retry-after')).toBe(null);
    const first = fetch(url);
    await until(() => waiting.length === 1);
    const second = await fetch(url, { headers: { 'x-seaworthy-remaining-ms': '30' } });
    expect(second.status).toBe(504);
    expect(policy.snapshot().queued).toBe(0);
    waiting.shift()!();
    await first;
    expect(waiting).toEqual([]);
  });

  it('lets the handler answer, however late', async () => {
    const { url, policy } = await make({ deadline: '20ms', limit: 1 }, async () => {
      await pause(60);
      return 'late';
    });
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([200, 'late']);
    await until(() => policy.snapshot().inFlight === 0);
  });

  it('forgets who goes away while waiting', async () => {
    const { handler, waiting } = gated();
    const { url, policy } = await make({ limit: one }, handler);
    const first = fetch(url);
    await until(() => waiting.length === 1);
    const controller = new AbortController();
    const second = fetch(url, { signal: controller.signal }).catch(() => 'gone');
    await until(() => policy.snapshot().queued === 1);
    controller.abort();
    expect(await second).toBe('gone');
    await until(() => policy.snapshot().queued === 0);
    waiting.shift()!();
    await first;
    await pause(5);
    expect(waiting).toEqual([]);
  });

  it('lets nobody in after shutdown', async () => {
    const { url, policy } = await make({}, async () => 'well');
    expect((await fetch(url)).status).toBe(200);
    policy.shutdown();
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get('x-seaworthy-reason')]).toEqual([503, 'shutdown']);
  });

  it('sheds what matters least when it is too much', async () => {
    const options: Options = {
      trusted,
      limit: { concurrency: 2, queue: { limit: 'unlimited' } },
      admission: { target: '1ms', interval: '50ms' },
    };
    const { url, policy } = await make(options, async () => {
      await pause(3);
      return 'well';
    });
    const refused: string[] = [];
    const asked: Promise<void>[] = [];
    const ask = async (criticality: string): Promise<void> => {
      const headers = { 'x-seaworthy-criticality': criticality };
      const response = await fetch(url, { headers });
      const why = response.headers.get('x-seaworthy-reason');
      if (response.status === 503) refused.push(`${criticality} ${why}`);
      await response.text();
    };
    await until(() => {
      for (const criticality of ['critical', 'sheddable', 'sheddable', 'sheddable']) {
        asked.push(ask(criticality));
      }
      return policy.snapshot().shedShare > 0.1 && refused.length > 0;
    });
    await Promise.all(asked);
    expect(new Set(refused)).toEqual(new Set(['sheddable shed']));
  });

  it('fails with what its own options throw', async () => {
    if (make === makers['http']) return;
    const broken = (): boolean => {
      throw new Error('broken');
    };
    const { url } = await make({ trusted: broken }, async () => 'well');
    expect((await fetch(url)).status).toBe(500);
  });

  it('says what is wrong with its options', async () => {
    const wrong = { trusted: true } as unknown as Options;
    await expect(make(wrong, async () => '')).rejects.toThrow('trusted is true: write a function');
    const unknown = { limits: 3 } as unknown as Options;
    await expect(make(unknown, async () => '')).rejects.toThrow('limits is 3: not an option');
  });
});
