import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Toxiproxy } from 'toxiproxy-node-client';

import { Rig } from '../testing/rig.ts';
import { ControlServer, urlOf } from './server.ts';

let rig: Rig;
let control: ControlServer;
let toxiproxy: Toxiproxy;
let upstream: string;

beforeEach(async () => {
  rig = new Rig();
  control = new ControlServer(rig.proxies);
  toxiproxy = new Toxiproxy(urlOf(await control.start({ host: '127.0.0.1', port: 0 })));
  const edge = await rig.echo([], { name: 'there' });
  upstream = `127.0.0.1:${edge.upstream.port}`;
});
afterEach(async () => {
  await control.stop();
  await rig.stop();
});

/** How long five bytes take there and back. */
async function roundTripMs(listen: string): Promise<number> {
  const client = rig.connect(Number(listen.split(':').at(-1))).send('hello');
  await client.receives(5);
  client.socket.destroy();
  return client.elapsedMs;
}

describe('toxiproxy-node-client', () => {
  it('reads the version', async () => {
    expect(JSON.parse(await toxiproxy.getVersion())).toMatchObject({ version: '2.12.0' });
  });

  it('makes a proxy, reads it, disables it, and takes it away', async () => {
    const made = await toxiproxy.createProxy({ name: 'echo', listen: '127.0.0.1:0', upstream });
    expect(made.enabled).toBe(true);
    expect(made.listen).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect((await toxiproxy.get('echo')).toJson()).toEqual(made.toJson());
    expect(Object.keys(await toxiproxy.getAll())).toEqual(['there', 'echo']);
    const disabled = await made.update({ ...made.toJson(), enabled: false });
    expect(disabled.enabled).toBe(false);
    const client = rig.connect(Number(made.listen.split(':')[1]));
    expect(await client.ends()).toBe('ECONNREFUSED');
    const enabled = await disabled.update({ ...disabled.toJson(), enabled: true });
    expect(enabled.listen).toBe(made.listen);
    await roundTripMs(enabled.listen);
    await enabled.remove();
    await expect(toxiproxy.get('echo')).rejects.toThrow('404');
  });

  it('adds, reads, changes and removes toxics that are felt', async () => {
    const { listen } = await toxiproxy.get('there');
    const proxy = await toxiproxy.get('there');
    const attributes = { latency: 250, jitter: 0 };
    const toxic = await proxy.addToxic({
      name: 'slow',
      type: 'latency',
      stream: 'downstream',
      toxicity: 1,
      attributes,
    });
    expect(toxic.toJson()).toEqual({
      name: 'slow',
      type: 'latency',
      stream: 'downstream',
      toxicity: 1,
      attributes,
    });
    expect(await roundTripMs(listen)).toBeGreaterThanOrEqual(250);
    const changed = await toxic.update({
      ...toxic.toJson(),
      attributes: { latency: 5, jitter: 0 },
    });
    expect(changed.attributes).toEqual({ latency: 5, jitter: 0 });
    expect((await proxy.getToxic('slow')).attributes).toEqual({ latency: 5, jitter: 0 });
    expect(await roundTripMs(listen)).toBeLessThan(250);
    await toxic.remove();
    await expect(proxy.getToxic('slow')).rejects.toThrow('404');
  });

  it('refuses a second toxic of a name, and a type that there is not', async () => {
    const proxy = await toxiproxy.get('there');
    const body = { name: 'a', type: 'noop', stream: 'upstream', toxicity: 1, attributes: {} };
    await proxy.addToxic(body as never);
    await expect(proxy.addToxic(body as never)).rejects.toThrow('409');
    await expect(proxy.addToxic({ ...body, name: 'b', type: 'nope' } as never)).rejects.toThrow(
      '400',
    );
  });

  it('populates, the same list again without harm, and resets', async () => {
    const list = [
      { name: 'one', listen: '127.0.0.1:0', upstream },
      { name: 'two', listen: '127.0.0.1:0', upstream, enabled: false },
    ];
    const made = await toxiproxy.populate(list);
    expect(made['one']?.enabled).toBe(true);
    expect(made['two']?.enabled).toBe(false);
    const client = rig.connect(Number(made['one']!.listen.split(':')[1])).send('a');
    await client.receives(1);
    const again = await toxiproxy.populate(list);
    expect(again['one']?.listen).toBe(made['one']?.listen);
    client.send('b');
    await client.receives(2);
    const attributes = { latency: 5000, jitter: 0 };
    const slow = { name: 's', type: 'latency', stream: 'upstream', toxicity: 1, attributes };
    await again['one']!.addToxic(slow as never);
    await toxiproxy.reset();
    expect((await toxiproxy.get('two')).enabled).toBe(true);
    client.send('c');
    await client.receives(3);
    expect(client.text).toBe('abc');
    client.socket.destroy();
  });
});
