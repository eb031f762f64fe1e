import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { debianProgram } from '../../../../../../tests/debian/program.ts';
import { startRedis } from '../../../../../../tests/debian/redis.ts';
import type { Edge } from '../edge.ts';
import { faultWith } from '../fault.ts';
import { Rig } from '../testing/rig.ts';

const program = await debianProgram('redis-server', 'the proxy in front of a real Redis');

describe.skipIf(program === undefined)('in front of a Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => (redis = await startRedis(program!)), 60_000);
  afterAll(() => redis.end());

  let rig: Rig;
  let edge: Edge;
  beforeEach(async () => {
    rig = new Rig();
    edge = await rig.behind(redis.server.port);
  });
  afterEach(() => rig.stop());

  function turnsSince(): { count: number; max: number } {
    const { count, max } = edge.meter.read(rig.proxies.clock.now()).turn;
    return { count, max };
  }

  it('counts each command that a client sends before the replies to others', async () => {
    const client = new Redis({ port: edge.listen.port, lazyConnect: true });
    await client.connect();
    await client.ping();
    turnsSince();
    const values = Array.from({ length: 100 }, (_, index) => `${index}\r\n`.repeat(index));
    await Promise.all(values.map((value, index) => client.set(`key ${index}`, value)));
    expect(turnsSince().count).toBe(100);
    const got = await Promise.all(values.map((_, index) => client.get(`key ${index}`)));
    expect(got).toEqual(values);
    expect(turnsSince().count).toBe(100);
    const block = client.multi().incr('a').hset('b', { c: 1 }).hgetall('b').get('none');
    await block.exec();
    expect(turnsSince().count).toBe(6);
    client.disconnect();
  });

  it('times a reply from its own command, without what faults add', async () => {
    const slow = faultWith({ kind: 'latency', time: { kind: 'constant', valueMs: 200 } });
    const client = rig.client(edge).send('*3\r\n$5\r\nBLPOP\r\n$4\r\nnone\r\n$4\r\n0.05\r\n');
    client.send('*1\r\n$4\r\nPING\r\n');
    await client.receives('*-1\r\n+PONG\r\n'.length);
    const waited = turnsSince();
    expect(waited.count).toBe(2);
    expect(waited.max).toBeGreaterThan(45);
    await edge.replaceFaults([slow]);
    client.send('*1\r\n$4\r\nPING\r\n'.repeat(3));
    await client.receives('*-1\r\n+PONG\r\n+PONG\r\n+PONG\r\n+PONG\r\n'.length);
    expect(client.elapsedMs).toBeGreaterThan(199);
    const delayed = turnsSince();
    expect(delayed.count).toBe(3);
    expect(delayed.max).toBeLessThan(200);
    client.socket.destroy();
  });

  it('hands on every byte where replies come unasked too', async () => {
    const listener = rig.client(edge).send('*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\nnews\r\n');
    const subscribed = '*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n';
    await listener.receives(subscribed.length);
    const teller = rig.client(edge).send('*3\r\n$7\r\nPUBLISH\r\n$4\r\nnews\r\n$2\r\nhi\r\n');
    await teller.receives(':1\r\n'.length);
    const message = '*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n';
    await listener.receives(subscribed.length + message.length);
    expect(listener.text).toBe(subscribed + message);
    listener.socket.destroy();
    teller.socket.destroy();
  });
});
