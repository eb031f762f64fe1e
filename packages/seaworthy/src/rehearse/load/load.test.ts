import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';

import { systemClock } from '@seaworthy/policy/engine';
import { afterEach, describe, expect, it } from 'vitest';

import { eventually, pause, Rig } from '../proxy/testing/rig.ts';
import { startLoad } from './load.ts';
import type { LoadPlan } from './plan.ts';
import { at, get, open, planTo } from './testing/plan.ts';
import { playUntil } from './testing/play.ts';

const rig = new Rig();
afterEach(() => rig.stop());

const options = { clock: systemClock, threads: 0 };

/** Makes the load until all of these arrivals have their outcome. */
function play(port: number, timesMs: readonly number[], settings: Partial<LoadPlan> = {}) {
  const { requests = [get()] } = settings;
  const arrivals = at(timesMs, requests.length);
  return playUntil(planTo(port, { arrivals, ...settings }), timesMs.length);
}

function serve(answer: RequestListener): Promise<number> {
  return rig.listen(createServer(answer));
}

function tcp(onConnection: (socket: Socket) => void): Promise<number> {
  return rig.listen(createTcpServer(onConnection));
}

describe('a load', () => {
  it('sends what arrives, and says what became of it', async () => {
    let served = 0;
    const port = await serve((_, response) => {
      served++;
      response.end('fine');
    });
    const plan = planTo(port, { arrivals: open(500), durationMs: 200 });
    const run = await startLoad(plan, options);
    await eventually(() => served > 50);
    const reading = await run.stop(10_000);
    expect(reading).toMatchObject({
      offered: served + reading.unfinished,
      succeeded: served,
      failed: {},
      late: {},
      statuses: { 200: served },
      inFlight: 0,
      waiting: 0,
    });
    expect(reading.latency.count).toBe(served);
    expect(reading.latency.sum).toBeGreaterThanOrEqual(reading.serviceTime.sum);
  });

  it('sends methods, paths, headers and bodies, filled in from rows of data', async () => {
    const seen: string[] = [];
    const bodyOf = async (request: IncomingMessage): Promise<string> => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      return body;
    };
    const port = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        const { method, url, headers } = request;
        seen.push(
          `${method} ${url} ${String(headers['x-who'])} ${headers['content-length']} ${body}`,
        );
        response.end();
      });
    });
    const order = get('/orders/{{who}}?a=1', {
      method: 'POST',
      headers: { 'X-Who': '{{task}}' },
      body: '{"who":"{{ who }}"}',
    });
    const plan = {
      target: `http://127.0.0.1:${port}/shop/`,
      requests: [order, get('/', { method: 'DELETE' })],
      rows: [{ who: 'Zoë & co' }, { who: 'b' }],
      maxConnections: 1,
    };
    const reading = await play(port, [0, 5, 10, 15], plan);
    expect(reading).toMatchObject({ offered: 4, succeeded: 4, connected: 1 });
    const posted = 'POST /shop/orders/Zo%C3%AB%20%26%20co?a=1';
    expect(seen).toEqual([
      `${posted} users-1-0 19 {"who":"Zoë & co"}`,
      'DELETE /shop/ undefined undefined ',
      `${posted} users-1-2 19 {"who":"Zoë & co"}`,
      'DELETE /shop/ undefined undefined ',
    ]);
  });

  it('chooses among requests by their weights', async () => {
    const counts = { '/often': 0, '/seldom': 0 };
    const port = await serve(({ url }, response) => {
      counts[url as keyof typeof counts]++;
      response.end();
    });
    const requests = [get('/often', { weight: 9 }), get('/seldom')];
    await playUntil(planTo(port, { requests, arrivals: open(2000, 'constant') }), 400);
    const share = counts['/seldom'] / (counts['/seldom'] + counts['/often']);
    // The dice have a seed; three standard deviations of 400 arrivals would be 0.045.
    expect(share).toBeGreaterThan(0.055);
    expect(share).toBeLessThan(0.145);
  });

  it('counts from the intended start what had to wait for a connection', async () => {
    const port = await serve((_, response) => void pause(50).then(() => response.end()));
    const reading = await play(port, [0, 0, 0, 0], { maxConnections: 1 });
    expect(reading).toMatchObject({ succeeded: 4, connected: 1, connectionsMax: 1, waitingMax: 3 });
    const { latency, lateness, connectionWait, serviceTime } = reading;
    // One after the other: the last has waited for the three before it.
    expect(connectionWait.max).toBeGreaterThan(140);
    expect(serviceTime.min).toBeGreaterThan(45);
    const parts = lateness.sum + connectionWait.sum + serviceTime.sum;
    expect(latency.sum).toBeCloseTo(parts, 6);
  });

  it('opens as many connections as are needed at once, and no more', async () => {
    const waiting: (() => void)[] = [];
    const port = await serve((_, response) => {
      waiting.push(() => response.end());
      if (waiting.length === 7) for (const answer of waiting.splice(0)) answer();
    });
    const think = { kind: 'constant', valueMs: 5 } as const;
    const arrivals = { kind: 'closed', users: 7, tasks: 2, think } as const;
    const reading = await playUntil(planTo(port, { arrivals }), 14);
    expect(reading).toMatchObject({ succeeded: 14, connected: 7, connections: 0, inFlightMax: 7 });
  });

  it('drops what is under way when it is stopped, and says so', async () => {
    const port = await serve(() => undefined);
    const run = await startLoad(
      planTo(port, { arrivals: at([0, 0, 0]), maxConnections: 2 }),
      options,
    );
    const first = await run.read();
    await eventually(() => rig.served === 2);
    const last = await run.stop();
    expect(first.offered + last.offered).toBe(3);
    expect(last).toMatchObject({ unfinished: 3, succeeded: 0, inFlight: 0, waiting: 0 });
    await eventually(() => rig.served === 0);
  });

  it('closes the loop: users think, ask and wait', async () => {
    let now = 0;
    let most = 0;
    const port = await serve((_, response) => {
      most = Math.max(most, ++now);
      void pause(20).then(() => {
        now--;
        response.end();
      });
    });
    const think = { kind: 'constant', valueMs: 5 } as const;
    const arrivals = { kind: 'closed', users: 3, tasks: 4, think } as const;
    const reading = await playUntil(planTo(port, { arrivals }), 12);
    expect(reading).toMatchObject({ offered: 12, succeeded: 12 });
    expect(most).toBeLessThanOrEqual(3);
  });

  it('uses no connection again that its server is about to close', async () => {
    const port = await serve((_, response) => {
      response.setHeader('keep-alive', 'timeout=1').end();
    });
    const reading = await play(port, [0, 30]);
    // A second of margin leaves nothing of one.
    expect(reading).toMatchObject({ succeeded: 2, connected: 2, problems: {} });
  });

  it('says that nobody is there', async () => {
    const port = await tcp(() => undefined);
    await rig.stop();
    const reading = await play(port, [0]);
    expect(reading).toMatchObject({
      failed: { unreachable: 1 },
      problems: { ECONNREFUSED: 1 },
      connected: 0,
    });
  });

  it('is reached by name', async () => {
    const port = await serve((_, response) => void response.end());
    const reading = await play(port, [0], { target: `http://localhost:${port}` });
    expect(reading.succeeded).toBe(1);
    const unknown = startLoad(planTo(port, { target: 'http://nobody.invalid' }), options);
    await expect(unknown).rejects.toThrow(/nobody\.invalid/);
  });
});
