import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Rig } from '../testing/rig.ts';
import { ControlServer, urlOf } from './server.ts';

let rig: Rig;
let control: ControlServer;
let url: string;
let upstream: string;

beforeEach(async () => {
  rig = new Rig();
  control = new ControlServer(rig.proxies);
  url = urlOf(await control.start({ host: '127.0.0.1', port: 0 }));
  const edge = await rig.echo([], { name: 'there' });
  upstream = `127.0.0.1:${edge.upstream.port}`;
});
afterEach(async () => {
  await control.stop();
  await rig.stop();
});

interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, never>>;
  readonly text: string;
}

async function ask(method: string, path: string, body?: unknown, agent = 'test'): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'user-agent': agent };
  const response = await fetch(`${url}${path}`, { method, headers, ...sent });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return {
    status: response.status,
    text,
    json: isJson ? (JSON.parse(text) as never) : {},
  };
}

const slow = { type: 'latency', attributes: { latency: 50 } };

describe('the control API beside Toxiproxy', () => {
  it('makes a proxy with its toxics, so that no connection escapes them', async () => {
    const toxics = [slow, { type: 'limit_data', attributes: { bytes: 2 } }];
    const made = await ask('POST', '/proxies', { name: 'web', upstream, toxics });
    expect(made.status).toBe(201);
    expect(made.json['toxics']).toEqual([
      {
        name: 'latency_downstream',
        type: 'latency',
        stream: 'downstream',
        toxicity: 1,
        attributes: { latency: 50, jitter: 0 },
        each: 'auto',
        first: null,
        spells: null,
        drawn: 0,
        hits: 0,
      },
      expect.objectContaining({ name: 'limit_data_downstream' }),
    ]);
    const client = rig.client(rig.proxies.get('web')!).send('hello');
    expect(await client.ends()).toBe('end');
    expect(client.text).toBe('he');
    expect(client.elapsedMs).toBeGreaterThanOrEqual(50);
  });

  it('replaces all toxics in one step, and keeps what stays away from chance', async () => {
    await ask('POST', '/proxies/there/toxics', slow);
    const list = [
      { name: 'a', type: 'noop' },
      { name: 'b', type: 'blackhole' },
    ];
    const put = await ask('PUT', '/proxies/there/toxics', list);
    expect(put.status).toBe(200);
    expect(rig.proxies.get('there')!.plan.map(({ settings }) => settings.name)).toEqual(['a', 'b']);
  });

  it('changes what is given, and takes a rival attribute away', async () => {
    await ask('POST', '/proxies/there/toxics', { ...slow, name: 'slow', toxicity: 0.5 });
    const path = '/proxies/there/toxics/slow';
    const distribution = { p50: '10ms', p99: '90ms' };
    const changed = await ask('PATCH', path, { attributes: { distribution } });
    expect(changed.json).toMatchObject({ toxicity: 0.5, attributes: { distribution } });
    const again = await ask('POST', path, { attributes: { jitter: 5 }, toxicity: 1 });
    expect(again.json).toMatchObject({ toxicity: 1, attributes: { latency: 0, jitter: 5 } });
    const other = await ask('PATCH', path, { type: 'noop' });
    expect(other).toMatchObject({ status: 400, json: { status: 400 } });
    expect(other.json['error']).toContain('it cannot be changed');
  });

  it('populates all or none', async () => {
    const taken = `127.0.0.1:${rig.proxies.get('there')!.listen.port}`;
    const list = [
      { name: 'one', upstream },
      { name: 'two', upstream, listen: taken },
    ];
    const failed = await ask('POST', '/populate', list);
    expect(failed.status).toBe(500);
    expect(failed.json['error']).toContain('EADDRINUSE');
    expect(Object.keys((await ask('GET', '/proxies')).json)).toEqual(['there']);
  });

  it('moves a proxy, and closes its connections', async () => {
    const edge = rig.proxies.get('there')!;
    const client = rig.client(edge).send('a');
    await client.receives(1);
    const other = await rig.echo([], { name: 'other' });
    const moved = await ask('PATCH', '/proxies/there', {
      upstream: `127.0.0.1:${other.upstream.port}`,
    });
    expect(moved.status).toBe(200);
    expect(await client.ends()).toBe('end');
    const again = rig.client(edge).send('b');
    await again.receives(1);
  });

  it.each([
    ['POST', '/proxies', { upstream: 'a:1' }, 400, 'name: the key "name" is missing'],
    ['POST', '/proxies', { name: 'a', upstream: 'nowhere' }, 400, 'write a host and a port'],
    ['POST', '/proxies', { name: 'there', upstream: 'a:1' }, 409, 'proxy already exists'],
    ['POST', '/proxies', { name: 'a', upstream: 'a:1', enabld: true }, 400, 'enabled'],
    ['GET', '/proxies/nobody', undefined, 404, 'proxy not found'],
    ['GET', '/proxies/there/toxics/none', undefined, 404, 'toxic not found'],
    ['DELETE', '/proxies/there/toxics/none', undefined, 404, 'toxic not found'],
    ['POST', '/proxies/there/toxics', { type: 'latancy' }, 400, 'one of: noop, latency'],
    ['POST', '/proxies/there/toxics', { ...slow, stream: 'up' }, 400, 'downstream, upstream'],
    ['POST', '/proxies/there/toxics', { ...slow, toxicity: 2 }, 400, 'it must be 0 to 1'],
    ['POST', '/proxies/there/toxics', { type: 'latency', attributes: { lag: 1 } }, 400, 'lag'],
    ['POST', '/proxies/there/toxics', { type: 'refuse', first: 2 }, 400, 'all or nothing'],
    ['PUT', '/proxies', undefined, 405, 'no such method here'],
    ['GET', '/populate', undefined, 405, 'no such method here'],
    ['GET', '/nowhere', undefined, 404, 'no such path'],
    ['GET', '/journal?after=x', undefined, 400, 'not the number of an injection'],
    ['GET', '/proxies/%zz', undefined, 400, 'not an encoded path'],
  ])('says what is wrong: %s %s %j', async (method, path, body, status, error) => {
    const answer = await ask(method, path, body);
    expect(answer.json).toMatchObject({ status, error: expect.stringContaining(error) });
    expect(answer.status).toBe(status);
  });

  it('lets no page of a browser in', async () => {
    expect((await ask('GET', '/version', undefined, 'Mozilla/5.0')).status).toBe(403);
  });

  it('tells what was injected, and counts what passed', async () => {
    await ask('POST', '/proxies/there/toxics', { ...slow, name: 'slow' });
    const client = rig.client(rig.proxies.get('there')!).send('hello');
    await client.receives(5);
    const { json } = await ask('GET', '/journal?after=0');
    expect(json).toMatchObject({ total: 1, injections: [{ fault: 'slow', edge: 'there' }] });
    expect((await ask('GET', '/journal?after=1')).json).toEqual({ total: 1, injections: [] });
    const { text } = await ask('GET', '/metrics');
    expect(text).toMatch(/^toxiproxy_proxy_received_bytes_total\{direction="upstream".*\} 5$/m);
    expect(text).toMatch(/^seaworthy_edge_connections_total\{proxy="there"\} 1$/m);
    expect(text).toMatch(
      /^seaworthy_fault_hits_total\{proxy="there",toxic="slow",type="latency"\} 1$/m,
    );
    expect(text.match(/^# TYPE (\S+)/gm)).toHaveLength(new Set(text.match(/^# TYPE (\S+)/gm)).size);
  });
});
