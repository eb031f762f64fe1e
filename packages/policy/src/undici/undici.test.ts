import { Readable } from 'node:stream';
import { Agent, interceptors, request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { task } from '../node.ts';
import {
  closeServers,
  hang,
  nobody,
  ok,
  pause,
  reset,
  serve,
  status,
  stuck,
  until,
} from '../testing/http-server.ts';
import { quickly } from '../testing/quick-policies.ts';
import { policyInterceptor } from './undici.ts';
import type { UndiciOptions, UndiciPolicy } from './undici.ts';

const agents: Agent[] = [];

function agentFor(of: UndiciPolicy, options: UndiciOptions = {}, connections = 10) {
  const agent = new Agent({ connections, pipelining: 1 });
  agents.push(agent);
  return agent.compose(policyInterceptor(of, options));
}

afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  await closeServers();
});

describe('policyInterceptor', () => {
  it('asks again after a reset, an overload, and a bad gateway', async () => {
    for (const fault of [reset, status(503), status(429), status(502), status(504)]) {
      const { url, seen } = await serve(fault, ok('well'));
      const { body, statusCode } = await request(url, { dispatcher: agentFor({ retry: quickly }) });
      expect([statusCode, await body.text(), seen.length]).toEqual([200, 'well', 2]);
    }
  });

  it('gives the last 503 itself, with headers and body, however long', async () => {
    for (const text of ['too much', 'x'.repeat(500_000)]) {
      const { url, seen } = await serve(status(503, { 'x-number': '7' }, text));
      const answer = await request(url, { dispatcher: agentFor({ retry: quickly }) });
      expect([answer.statusCode, answer.headers['x-number']]).toEqual([503, '7']);
      expect(await answer.body.text()).toBe(text);
      expect(seen).toHaveLength(3);
    }
  });

  it('frees the connection that the next attempt needs', async () => {
    for (const fault of [
      status(503, {}, 'x'.repeat(300_000)),
      stuck(503, 9),
      stuck(503, 200_000),
    ]) {
      const { url, seen } = await serve(fault, ok('well'));
      const dispatcher = agentFor({ timeout: '5s', retry: quickly }, {}, 1);
      const { body } = await request(url, { dispatcher });
      expect([await body.text(), seen.length]).toEqual(['well', 2]);
    }
  });

  it('sends a POST once, unless it was never sent, has a key, or may be repeated', async () => {
    const dispatcher = agentFor({ retry: quickly });
    for (const fault of [reset, status(503)]) {
      const { url, seen } = await serve(fault, ok('twice'));
      await request(url, { dispatcher, method: 'POST', body: 'pay' }).catch(() => {});
      expect(seen).toHaveLength(1);
    }
    for (const more of [{ headers: { 'Idempotency-Key': '7' } }, { idempotent: true }]) {
      const { url, seen } = await serve(reset, ok('well'));
      await request(url, { dispatcher, method: 'POST', body: 'pay', ...more });
      expect(seen.map(({ body }) => body)).toEqual(['pay', 'pay']);
    }
    const intercept = policyInterceptor({ breaker: { consecutive: 3 }, retry: quickly });
    const refused = new Agent().compose(intercept);
    const failing = request(await nobody(), { dispatcher: refused, method: 'POST', body: 'pay' });
    await expect(failing).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    // The third refused connection has opened it.
    expect(intercept.policy.snapshot().breaker).toBe('open');
  });

  it('sends a stream once, and tells why it failed', async () => {
    const { url, seen } = await serve(reset, ok('twice'));
    const body = Readable.from(['one', 'two']);
    const dispatcher = agentFor({ retry: quickly });
    await expect(request(url, { dispatcher, method: 'PUT', body })).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });

  it('ends what takes too long, and opens the breaker', async () => {
    const { url, seen } = await serve(hang);
    const dispatcher = agentFor({ timeout: '30ms', breaker: { consecutive: 1 } });
    const ask = (): Promise<unknown> =>
      request(url, { dispatcher }).catch(({ code }: { code: string }) => code);
    let code = await ask();
    // The machine was busy, so that nobody is to blame: again.
    for (let again = 0; code === 'SEAWORTHY_LAG' && again < 20; again++) code = await ask();
    expect(code).toBe('SEAWORTHY_TIMEOUT');
    const { length } = seen;
    await until(() => seen.every(({ isAborted }) => isAborted));
    expect(await ask()).toBe('SEAWORTHY_BREAKER_OPEN');
    expect(seen).toHaveLength(length);
  });

  it('hears the caller who gives up, in an attempt and while it waits for a slot', async () => {
    const { url, seen } = await serve(hang);
    const dispatcher = agentFor({ limit: { concurrency: 1, queue: { limit: 1 } } });
    const controllers = [new AbortController(), new AbortController()];
    const [first, second] = controllers.map(({ signal }) =>
      request(url, { dispatcher, signal }).catch((error: unknown) => error),
    );
    await until(() => seen.length === 1);
    controllers[1]!.abort(new Error('second'));
    expect(await second).toMatchObject({ message: 'second' });
    controllers[0]!.abort(new Error('first'));
    expect(await first).toMatchObject({ message: 'first' });
    await until(() => seen[0]!.isAborted);
    expect(seen).toHaveLength(1);
  });

  it('hedges, gives the first answer, and aborts the other', async () => {
    const { url, seen } = await serve(hang, ok('well'));
    const budget = { share: '100%', floor: '10/s' } as const;
    const dispatcher = agentFor({ hedge: { delay: '20ms', budget } });
    expect(await (await request(url, { dispatcher })).body.text()).toBe('well');
    await until(() => seen[0]!.isAborted);
  });

  it('lets a slow reader hold a long body back, and get all of it', async () => {
    const text = 'x'.repeat(3_000_000);
    const { url } = await serve(reset, ok(text));
    const { body } = await request(url, { dispatcher: agentFor({ retry: quickly }) });
    let bytes = 0;
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      if (bytes < 500_000) await pause(1);
    }
    expect(bytes).toBe(text.length);
  });

  it('ends a body that breaks, or that is no longer wanted', async () => {
    const broken = await serve((incoming, response) => {
      response.writeHead(200).write('x'.repeat(10));
      void pause(20).then(() => incoming.socket.resetAndDestroy());
    });
    const dispatcher = agentFor({ retry: quickly });
    const answer = await request(broken.url, { dispatcher });
    await expect(answer.body.text()).rejects.toThrow();
    const long = await serve(stuck(200, 10));
    const { body } = await request(long.url, { dispatcher });
    body.on('error', () => {}).destroy();
    await until(() => long.seen[0]!.isAborted);
  });

  it('goes together with other interceptors', async () => {
    const { url, seen } = await serve(
      (_, response) => response.writeHead(302, { location: '/b' }).end(),
      status(503),
      ok('well'),
    );
    const dispatcher = agentFor({ retry: quickly }).compose(
      interceptors.redirect({ maxRedirections: 1 }),
    );
    expect(await (await request(url, { dispatcher })).body.text()).toBe('well');
    expect(seen.map((one) => one.url)).toEqual(['/', '/b', '/b']);
  });

  it('tells the callee what is left, in every form of headers', async () => {
    const { url, seen } = await serve(ok('well'));
    const dispatcher = agentFor({ deadline: '2s' }, { propagate: true });
    const forms = [{ a: 'b' }, ['a', 'b'], new Map([['a', 'b']]), undefined];
    for (const headers of forms) {
      await task({ attempts: 5 }, () => request(url, { dispatcher, headers: headers ?? null }));
    }
    expect(seen.map((one) => one.headers['x-seaworthy-attempts-left'])).toEqual(
      forms.map(() => '4'),
    );
    expect(seen.map((one) => one.headers['a'])).toEqual(['b', 'b', 'b', undefined]);
    expect(Number(seen[0]!.headers['x-seaworthy-remaining-ms'])).toBeGreaterThan(1500);
  });
});
