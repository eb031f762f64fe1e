import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Effect, faultWith } from '../fault.ts';
import { eventually, pause, Rig } from '../testing/rig.ts';

let rig: Rig;
beforeEach(() => (rig = new Rig()));
afterEach(() => rig.stop());

describe('timeout', () => {
  it('lets bytes vanish, then closes in order', async () => {
    const edge = await rig.echo([faultWith({ kind: 'timeout', timeoutMs: 60 })]);
    const client = rig.client(edge).send('hello');
    expect(await client.ends()).toBe('end');
    expect(client.elapsedMs).toBeGreaterThanOrEqual(58);
    expect(client.text).toBe('');
  });

  it('keeps silent until it is taken down, and closes then: the bytes are lost', async () => {
    const edge = await rig.echo([faultWith({ kind: 'timeout', timeoutMs: 0 })]);
    const client = rig.client(edge).send('hello');
    await pause(30);
    expect([client.text, client.ended]).toEqual(['', 'open']);
    await edge.replaceFaults([]);
    expect(await client.ends()).toBe('end');
    expect(client.text).toBe('');
  });

  it('does nothing any more when it is taken down in time', async () => {
    const edge = await rig.echo();
    const client = rig.client(edge).send('a');
    await client.receives(1);
    await edge.replaceFaults([faultWith({ kind: 'timeout', timeoutMs: 40 }, { share: 0 })]);
    await edge.replaceFaults([]);
    await pause(60);
    client.send('b');
    await client.receives(2);
  });
});

describe('blackhole', () => {
  it('is silent both ways, and loses nothing', async () => {
    let received = '';
    const edge = await rig.tcp(
      (socket) => socket.on('data', (chunk) => (received += chunk.toString())).write('welcome'),
      [],
    );
    const client = rig.client(edge);
    await client.receives(7);
    await edge.replaceFaults([faultWith({ kind: 'blackhole' })]);
    client.send('one');
    const late = rig.client(edge).send('two');
    await pause(40);
    expect([received, client.text, late.text, late.ended]).toEqual(['', 'welcome', '', 'open']);
    await edge.replaceFaults([]);
    await late.receives(7);
    await eventually(() => received.length === 6);
    expect(['onetwo', 'twoone']).toContain(received);
  });
});

describe('half_open', () => {
  it('tells neither end that the other has gone', async () => {
    const sockets: string[] = [];
    const edge = await rig.tcp(
      (socket) => {
        socket.write('0123456789');
        socket.on('data', () => sockets.push('data')).on('end', () => sockets.push('end'));
        socket.on('error', (error: NodeJS.ErrnoException) => sockets.push(error.code ?? ''));
      },
      [faultWith({ kind: 'half_open', bytes: 4 })],
    );
    const client = rig.client(edge);
    await client.receives(4);
    client.send('are you there?');
    await pause(40);
    expect([client.text, client.ended, sockets]).toEqual(['0123', 'open', []]);
    await edge.replaceFaults([]);
    expect(await client.ends()).toBe('ECONNRESET');
    await eventually(() => sockets.length > 0);
    expect(sockets).toEqual(['ECONNRESET']);
  });

  it('does not even tell of an end', async () => {
    const edge = await rig.tcp(
      (socket) => setEnd(socket),
      [faultWith({ kind: 'half_open', bytes: 0 })],
    );
    const client = rig.client(edge);
    await pause(40);
    expect([client.text, client.ended]).toEqual(['', 'open']);
  });
});

function setEnd(socket: { end(text: string): unknown }): void {
  socket.end('bye');
}

describe('reset_peer', () => {
  const reset = (timeoutMs: number): Effect => ({
    kind: 'reset_peer',
    timeoutMs,
    bytes: undefined,
  });

  it('resets both ends at once', async () => {
    const served: string[] = [];
    const edge = await rig.tcp((socket) => {
      socket.on('error', (error: NodeJS.ErrnoException) => served.push(error.code ?? ''));
    });
    const client = rig.client(edge).send('x');
    await eventually(() => edge.connections === 1 && rig.served === 2);
    await edge.replaceFaults([faultWith(reset(0))]);
    expect(await client.ends()).toBe('ECONNRESET');
    expect(await rig.client(edge).send('x').ends()).toBe('ECONNRESET');
    await eventually(() => served.length > 0);
    expect(served[0]).toBe('ECONNRESET');
  });

  it('resets an idle connection too, in time', async () => {
    const edge = await rig.echo([faultWith(reset(50))]);
    const client = rig.client(edge);
    expect(await client.ends()).toBe('ECONNRESET');
    expect(client.elapsedMs).toBeGreaterThanOrEqual(49);
  });

  it('does nothing at toxicity 0, and nothing when taken down in time', async () => {
    const edge = await rig.echo([faultWith(reset(0), { share: 0 })]);
    const client = rig.client(edge).send('a');
    await client.receives(1);
    await edge.replaceFaults([faultWith(reset(80))]);
    client.send('b');
    await pause(20);
    expect(client.text).toBe('a');
    await edge.replaceFaults([]);
    await client.receives(2);
    await pause(80);
    expect(client.ended).toBe('open');
  });

  it.each([0, 1, 1000])('resets after %d bytes, which arrive', async (bytes) => {
    const edge = await rig.echo([faultWith({ kind: 'reset_peer', timeoutMs: 0, bytes })]);
    const client = rig.client(edge).send(Buffer.alloc(3000, 'x'));
    expect(await client.ends()).toBe('ECONNRESET');
    expect(client.text).toBe('x'.repeat(bytes));
  });
});

describe('limit_data', () => {
  it.each([0, 1, 3000])('ends in order after %d bytes', async (bytes) => {
    const edge = await rig.echo([faultWith({ kind: 'limit_data', bytes })]);
    const client = rig.client(edge).send(Buffer.alloc(3000, 'x'));
    expect(await client.ends()).toBe('end');
    expect(client.text).toBe('x'.repeat(bytes));
  });

  it('counts over all messages of the connection', async () => {
    const edge = await rig.echo([faultWith({ kind: 'limit_data', bytes: 5 })]);
    const client = rig.client(edge).send('abc');
    await client.receives(3);
    client.send('def');
    expect(await client.ends()).toBe('end');
    expect(client.text).toBe('abcde');
  });
});

describe('refuse', () => {
  it('lets nobody connect, and leaves those who are', async () => {
    const edge = await rig.echo();
    const { port } = edge.listen;
    const client = rig.client(edge).send('a');
    await client.receives(1);
    await edge.replaceFaults([faultWith({ kind: 'refuse' })]);
    expect(await rig.client(edge).ends()).toBe('ECONNREFUSED');
    client.send('b');
    await client.receives(2);
    await edge.replaceFaults([]);
    expect(edge.listen.port).toBe(port);
    const other = rig.client(edge).send('c');
    await other.receives(1);
  });
});
