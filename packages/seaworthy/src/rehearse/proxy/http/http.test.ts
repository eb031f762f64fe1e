import { Agent, request as httpRequest } from 'node:http';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Edge } from '../edge.ts';
import { type Effect, faultWith } from '../fault.ts';
import { pause, Rig } from '../testing/rig.ts';

let rig: Rig;
let agent: Agent;
beforeEach(() => {
  rig = new Rig();
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterEach(() => {
  agent.destroy();
  return rig.stop();
});

const unavailable: Effect = {
  kind: 'http_status',
  status: 503,
  headers: { 'retry-after': '1' },
  body: 'not now',
};

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function ask(edge: Edge, options: object = {}, body = ''): Promise<Answer> {
  const { port, host } = edge.listen;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host, agent, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      const { headers, statusCode: status = 0 } = response;
      response.on('end', () => resolve({ status, body: text, headers }));
      response.on('error', reject);
    });
    request.on('error', reject).end(body);
  });
}

/** What became of each, such as `200` or `ECONNRESET`. */
async function fates(edge: Edge, count: number): Promise<string[]> {
  const all: string[] = [];
  for (let index = 0; index < count; index++) {
    const fate = await ask(edge).then(
      ({ status }) => String(status),
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    );
    all.push(fate);
  }
  return all;
}

describe('http_status', () => {
  it('answers in place of the callee, with headers and body, on the same connection', async () => {
    let served = 0;
    const edge = await rig.http(
      (_request, response) => response.end(String(++served)),
      [faultWith(unavailable, { first: 2 })],
    );
    const first = await ask(edge, { method: 'POST' }, 'x'.repeat(100_000));
    expect(first).toMatchObject({ status: 503, body: 'not now', headers: { 'retry-after': '1' } });
    expect(await fates(edge, 3)).toEqual(['503', '200', '200']);
    expect(served).toBe(2);
    expect(edge.meter.total()).toMatchObject({
      accepted: 1,
      offered: 4,
      succeeded: 2,
      failed: { overloaded: 2 },
      statuses: { 200: 2, 503: 2 },
    });
  });

  it('leaves the body out for HEAD', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('ok'),
      [faultWith(unavailable, { first: 1 })],
    );
    expect(await ask(edge, { method: 'HEAD' })).toMatchObject({ status: 503, body: '' });
    expect(await ask(edge)).toMatchObject({ status: 200, body: 'ok' });
  });

  it('answers a caller that waits to be told to go on, and closes', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('ok'),
      [faultWith(unavailable)],
    );
    const client = rig.client(edge);
    client.send('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n');
    expect(await client.ends()).toBe('end');
    expect(client.text).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n[^]*connection: close/);
  });

  it('keeps the order of pipelined requests, whoever answers them', async () => {
    const edge = await rig.http(
      (request, response) => response.end(request.url),
      [faultWith(unavailable, { share: 0.5 })],
    );
    const client = rig.client(edge);
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    client.send(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`).join(''));
    client.send('GET /last HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    await client.ends();
    const answers = client.text.split('HTTP/1.1 ').slice(1);
    expect(answers).toHaveLength(21);
    const hits = new Set(rig.proxies.journal.after(0).map(({ request }) => request));
    for (const [index, path] of [...paths, '/last'].entries()) {
      const [status, body] = hits.has(index + 1) ? ['503', 'not now'] : ['200', path];
      expect(answers[index]!.startsWith(status)).toBe(true);
      expect(answers[index]!.endsWith(body)).toBe(true);
    }
    expect(hits.size).toBeGreaterThan(3);
    expect(hits.size).toBeLessThan(18);
  });

  it('never touches what is not HTTP', async () => {
    const edge = await rig.echo([faultWith(unavailable)]);
    const client = rig.client(edge).send('GETTING nowhere\r\n\r\n');
    await client.receives(19);
    const short = rig.client(edge).send('G');
    await pause(30);
    short.send('ETTING nowhere\r\n\r\n');
    await short.receives(19);
    expect(short.text).toBe('GETTING nowhere\r\n\r\n');
  });
});

describe('what is drawn for each request', () => {
  const reset: Effect = { kind: 'reset_peer', timeoutMs: 0, bytes: 0 };

  it('is drawn anew on a connection that stays, and named in the journal', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('ok'),
      [faultWith({ kind: 'latency', time: { kind: 'constant', valueMs: 25 } }, { share: 0.5 })],
    );
    const slow: number[] = [];
    for (let number = 1; number <= 16; number++) {
      const beforeMs = rig.proxies.clock.now();
      const headers = { 'x-request-id': `r${number}` };
      await ask(edge, { headers, path: '/p?q=1' });
      if (rig.proxies.clock.now() - beforeMs >= 25) slow.push(number);
    }
    const told = rig.proxies.journal.after(0);
    expect(edge.meter.total().accepted).toBe(1);
    expect(told.length).toBeGreaterThan(3);
    expect(told.length).toBeLessThan(13);
    for (const { each, request, task, client } of told) {
      expect(each).toBe('request');
      expect(slow).toContain(request);
      expect(task).toBe(`r${request} GET /p`);
      expect(client).toMatch(/^127\.0\.0\.1:\d+$/);
    }
  });

  it('is drawn once on a connection that stays where that is asked for', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('ok'),
      [
        faultWith(unavailable, { share: 0.5, name: 'status' }),
        faultWith(reset, { share: 0.5, each: 'connection', name: 'reset' }),
      ],
    );
    await fates(edge, 12);
    const [status, peer] = edge.plan;
    expect(status!.drawn).toBe(12);
    expect(peer!.drawn).toBe(edge.meter.total().accepted);
  });

  it('resets, truncates and slices single responses', async () => {
    const body = 'x'.repeat(5000);
    for (const [effect, fate] of [
      [reset, 'ECONNRESET'],
      [{ kind: 'limit_data', bytes: 1000 }, 'aborted'],
    ] as const) {
      const edge = await rig.http(
        (_request, response) => response.end(body),
        [faultWith(effect, { first: 1, each: 'request' })],
      );
      const [first, second] = await fates(edge, 2);
      expect([first, second]).toEqual([
        expect.stringMatching(new RegExp(`${fate}|ECONNRESET`)),
        '200',
      ]);
      expect(edge.meter.total().failed).toEqual({ reset: 1 });
    }
  });
});

describe('the meter', () => {
  it('tells attempts from tasks where requests say what they belong to', async () => {
    const edge = await rig.http((_request, response) => response.end('ok'));
    const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    for (const headers of [
      { 'idempotency-key': 'one' },
      { 'idempotency-key': 'one' },
      { baggage: 'user=7, task=two' },
      { 'x-request-id': 'three' },
      { traceparent: trace },
      { traceparent: trace },
      {},
    ]) {
      await ask(edge, { headers });
    }
    expect(edge.meter.read(rig.proxies.clock.now()).tasks).toEqual({
      attempts: { task: 3, 'request-id': 1, trace: 2 },
      tasks: 4,
      unknown: 1,
    });
  });

  it('tells what the caller waits from what the callee takes', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('ok'),
      [faultWith({ kind: 'latency', time: { kind: 'constant', valueMs: 40 } })],
    );
    await fates(edge, 3);
    const { latency, calleeTime, inFlight, inFlightMax } = edge.meter.read(rig.proxies.clock.now());
    expect(latency.min).toBeGreaterThanOrEqual(40);
    expect(calleeTime.min).toBeLessThan(40);
    expect([inFlight, inFlightMax]).toEqual([0, 1]);
  });

  it('counts a request that its client has given up, though its answer is on the way', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('ok'),
      [faultWith({ kind: 'latency', time: { kind: 'constant', valueMs: 10_000 } })],
    );
    await expect(ask(edge, { signal: AbortSignal.timeout(50) })).rejects.toThrow('aborted');
    while (edge.meter.inFlight > 0) await pause(5);
    const { failed, succeeded } = edge.meter.read(rig.proxies.clock.now());
    expect({ failed, succeeded }).toEqual({ failed: { cancelled: 1 }, succeeded: 0 });
  });
});
