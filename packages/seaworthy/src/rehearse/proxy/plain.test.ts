import { faultWith } from './fault.ts';
import { request as httpRequest } from 'node:http';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Edge } from './edge.ts';
import { eventually, Rig } from './testing/rig.ts';

let rig: Rig;
beforeEach(() => (rig = new Rig()));
afterEach(() => rig.stop());

const constant = (valueMs: number) => ({ kind: 'constant', valueMs }) as const;

function get(edge: Edge, path = '/'): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: edge.listen.port, host: '127.0.0.1', path }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
}

describe('the proxy without faults', () => {
  it('hands on bytes and ends', async () => {
    const edge = await rig.echo();
    const client = rig.client(edge).send('hello');
    await client.receives(5);
    client.socket.end();
    expect(await client.ends()).toBe('end');
    expect(client.text).toBe('hello');
    await client.closed;
    await eventually(() => edge.connections === 0);
  });

  it('hands on HTTP, and measures it', async () => {
    const edge = await rig.http((_request, response) => response.end('fine'));
    for (let time = 0; time < 5; time++)
      expect(await get(edge)).toEqual({ status: 200, body: 'fine' });
    const reading = edge.meter.read(rig.proxies.clock.now());
    expect(reading).toMatchObject({
      offered: 5,
      succeeded: 5,
      failed: {},
      inFlight: 0,
      accepted: 1,
    });
    expect(reading.latency.count).toBe(5);
  });
});

describe('faults', () => {
  it('delays', async () => {
    const edge = await rig.echo([faultWith({ kind: 'latency', time: constant(60) })]);
    const client = rig.client(edge).send('hello');
    await client.receives(5);
    expect(client.elapsedMs).toBeGreaterThan(59);
    client.socket.destroy();
  });

  it('answers', async () => {
    const edge = await rig.http(
      (_request, response) => response.end('fine'),
      [faultWith({ kind: 'http_status', status: 503, headers: {}, body: 'no' }, { first: 2 })],
    );
    expect(await get(edge)).toEqual({ status: 503, body: 'no' });
    expect(await get(edge)).toEqual({ status: 503, body: 'no' });
    expect(await get(edge)).toEqual({ status: 200, body: 'fine' });
  });
});
