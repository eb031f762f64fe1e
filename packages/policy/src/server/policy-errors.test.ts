import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { afterEach, describe, expect, it } from 'vitest';
import { Reason, reasonNames } from '../call/reason.ts';
import { withPolicy } from '../fetch/fetch.ts';
import { PolicyError } from '../promise/policy-error.ts';
import { policy } from '../promise/policy.ts';
import { closeServers, listen, pause, serve } from '../testing/http-server.ts';
import * as forExpress from './express.ts';
import * as forFastify from './fastify.ts';
import * as forHono from './hono-on-node.ts';
import type { PolicyErrorsOptions } from './refusal.ts';

type Handler = () => Promise<string>;
type Make = (handler: Handler, options?: PolicyErrorsOptions) => Promise<string>;

const deadline = { trusted: () => true };

const makers: Readonly<Record<string, Make>> = {
  async express(handler, options) {
    const app = express();
    app.use(forExpress.serverPolicy(deadline));
    app.get('/', async (_, response) => {
      response.send(await handler());
    });
    app.get('/begun', async (_, response) => {
      response.write('begun');
      response.end(await handler());
    });
    app.use(forExpress.policyErrors(options));
    app.use(((error, _request, response, _next) => {
      if (response.headersSent) response.end(', broken');
      else response.status(500).send(`other: ${(error as Error).message}`);
    }) satisfies express.ErrorRequestHandler);
    return listen(createServer(app));
  },
  async fastify(handler, options) {
    const app = fastify();
    app.register(forFastify.serverPolicy(deadline));
    app.setErrorHandler((error, _, reply) => {
      reply.code(500).send(`other: ${(error as Error).message}`);
    });
    app.register(async (inner) => {
      inner.setErrorHandler(forFastify.policyErrors(options));
      inner.get('/', handler);
    });
    await app.ready();
    return listen(app.server);
  },
  async hono(handler, options) {
    const app = new Hono();
    app.use(forHono.serverPolicy(deadline));
    app.get('/', async (context) => context.text(await handler()));
    const outer = new Hono();
    outer.onError((error, context) => context.text(`other: ${error.message}`, 500));
    app.onError((error) => {
      try {
        return forHono.policyErrors(options)(error);
      } catch (other) {
        return new Response(`other: ${(other as Error).message}`, { status: 500 });
      }
    });
    return listen(createAdaptorServer(app) as Server);
  },
};

afterEach(closeServers);

/** What a client is told: status, body, reason, and whether when to come back. */
async function told(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  const { status } = response;
  const text = await response.text();
  const header = (name: string) => response.headers.get(name);
  const waitMs = header('retry-after-ms');
  const seconds = header('retry-after');
  if (waitMs !== null) expect(seconds).toBe(String(Math.ceil(Number(waitMs) / 1000)));
  return { status, text, reason: header('x-seaworthy-reason'), waitMs: waitMs && Number(waitMs) };
}

describe.each(Object.entries(makers))('policyErrors of %s', (name, make) => {
  it('answers each reason by what it means to the client', async () => {
    let reason: Reason = Reason.none;
    const url = await make(async () => {
      throw new PolicyError('payments', reason);
    });
    const statuses: Record<string, string> = {};
    for (const word of reasonNames) {
      if (word === 'none' || word === 'overtaken') continue;
      reason = reasonNames.indexOf(word) as Reason;
      const answer = await told(url);
      statuses[word] = `${answer.status} ${answer.waitMs === null ? 'never' : 'later'}`;
      expect(answer.reason).toBe(word === 'deadline' ? null : word);
      expect(answer.text).not.toContain('payments');
    }
    expect(statuses).toEqual({
      error: '503 later',
      overloaded: '503 later',
      reset: '503 later',
      unreachable: '503 later',
      timeout: '504 never',
      conflict: '503 later',
      lag: '504 never',
      deadline: '504 never',
      throttled: '429 later',
      'breaker-open': '503 later',
      'queue-full': '503 later',
      'queue-timeout': '503 later',
      'queue-dropped': '503 later',
      'attempts-spent': '503 later',
      cancelled: '503 later',
      shutdown: '503 later',
      shed: '503 later',
    });
  });

  it('sends clients away for as long as the breaker is open, and not all to one moment', async () => {
    const payments = policy({ name: 'payments', breaker: { consecutive: 1, open: '20s' } });
    const down = () => Promise.reject(new Error('down'));
    await payments(down).catch(() => {});
    const url = await make(() => payments(down), { retryAfter: '4s' });
    const waits: number[] = [];
    for (let request = 0; request < 8; request++) {
      const answer = await told(url);
      expect([answer.status, answer.reason]).toEqual([503, 'breaker-open']);
      waits.push(Number(answer.waitMs));
    }
    // The jitter of the breaker is a tenth, up or down; clients come within four seconds more.
    expect(Math.min(...waits)).toBeGreaterThan(15_000);
    expect(Math.max(...waits)).toBeLessThan(28_000);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(200);
  });

  it('tells a client that has no time left from one whose handler gave up early', async () => {
    const slow = await serve(async (_, response) => {
      await pause(300);
      response.end('late');
    });
    const quotes = withPolicy(fetch, { deadline: '60ms' });
    const url = await make(async () => (await quotes(slow.url)).text());
    const early = await told(url);
    expect([early.status, early.reason]).toEqual([504, null]);
    const late = await told(url, { 'x-seaworthy-remaining-ms': '20' });
    expect([late.status, late.reason]).toEqual([504, 'deadline']);
  });

  it('leaves other errors to others', async () => {
    const url = await make(async () => {
      throw new Error('what nobody thought of');
    });
    const answer = await told(url);
    expect([answer.status, answer.reason]).toEqual([500, null]);
    expect(answer.text).toContain('other: what nobody thought of');
  });

  it('says what is wrong with its options', async () => {
    const wrong = { retryAfter: 5 } as unknown as PolicyErrorsOptions;
    const say = async () => told(await make(async () => 'well', wrong));
    if (name !== 'hono') await expect(say()).rejects.toThrow('retryAfter is 5: write a duration');
    else expect(() => forHono.policyErrors(wrong)).toThrow('retryAfter is 5: write a duration');
  });
});

it('leaves a response that has begun to Express', async () => {
  const url = await makers['express']!(async () => {
    throw new PolicyError('payments', Reason.breakerOpen);
  });
  const response = await fetch(`${url}/begun`);
  expect([response.status, await response.text()]).toEqual([200, 'begun, broken']);
});

it('gives what an HTTPException of Hono says', async () => {
  const response = forHono.policyErrors()(new HTTPException(404, { message: 'no such quote' }));
  expect([response.status, await response.text()]).toEqual([404, 'no such quote']);
});
