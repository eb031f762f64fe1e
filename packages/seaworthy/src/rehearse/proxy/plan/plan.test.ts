import { createServer as createTlsServer, connect as connectTls } from 'node:tls';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Effect, faultWith } from '../fault.ts';
import { pause, Rig } from '../testing/rig.ts';

let rig: Rig;
beforeEach(() => (rig = new Rig()));
afterEach(() => rig.stop());

const reset: Effect = { kind: 'reset_peer', timeoutMs: 0, bytes: undefined };

/** Which of so many connections, one after the other, are reset. */
async function resets(of: Rig, share: number, count: number): Promise<boolean[]> {
  const edge = await of.echo([faultWith(reset, { share })], { name: 'edge' });
  const all: boolean[] = [];
  for (let index = 0; index < count; index++) {
    const client = of.client(edge).send('x');
    await Promise.race([client.receives(1), client.ends()]);
    all.push(client.text === '');
    client.socket.destroy();
  }
  return all;
}

describe('chance', () => {
  it('hits a share of the connections: the same for the same seed, more for a larger share', async () => {
    const half = await resets(rig, 0.5, 40);
    const hits = half.filter(Boolean).length;
    expect(hits).toBeGreaterThan(8);
    expect(hits).toBeLessThan(32);
    const again = new Rig();
    const other = new Rig(2);
    const more = new Rig();
    expect(await resets(again, 0.5, 40)).toEqual(half);
    expect(await resets(other, 0.5, 40)).not.toEqual(half);
    // Common random numbers: what was hit before is hit still.
    const larger = await resets(more, 0.8, 40);
    expect(half.every((isHit, index) => !isHit || larger[index])).toBe(true);
    await Promise.all([again.stop(), other.stop(), more.stop()]);
  });

  it('hits the first so many connections', async () => {
    const edge = await rig.echo([faultWith(reset, { first: 2 })]);
    for (const fate of ['ECONNRESET', 'ECONNRESET', 'x']) {
      const client = rig.client(edge).send('x');
      await Promise.race([client.receives(1), client.ends()]);
      expect(client.text === '' ? client.ended : client.text).toBe(fate);
    }
    expect(edge.plan[0]).toMatchObject({ hits: 2, drawn: 3 });
  });

  it('comes and goes in spells, for all connections together', async () => {
    const edge = await rig.echo([
      faultWith({ kind: 'blackhole' }, { spells: { onMs: 40, offMs: 40 } }),
    ]);
    const clients = [rig.client(edge), rig.client(edge)];
    const silent: boolean[][] = [];
    for (let step = 1; step <= 40; step++) {
      for (const client of clients) client.send('x');
      await pause(10);
      silent.push(clients.map(({ text }) => text.length < step));
    }
    const together = silent.filter(([one, other]) => one === other).length;
    // Of two that come and go each by itself, half would be.
    expect(together).toBeGreaterThan(28);
    const active = silent.filter(([one]) => one).length;
    expect(active).toBeGreaterThan(3);
    expect(active).toBeLessThan(37);
    await edge.replaceFaults([]);
    for (const client of clients) await client.receives(40);
  });
});

describe('the journal', () => {
  it('names the connection by the port that the client has', async () => {
    const effect: Effect = { kind: 'reset_peer', timeoutMs: 0, bytes: 1 };
    const edge = await rig.echo([faultWith(effect, { name: 'cut' })], { name: 'payments' });
    const client = rig.client(edge).send('x');
    await client.receives(1);
    const told = `127.0.0.1:${client.socket.localPort}`;
    await client.ends();
    expect(rig.proxies.journal.after(0)).toEqual([
      {
        number: 1,
        atMs: expect.any(Number),
        edge: 'payments',
        fault: 'cut',
        kind: 'reset_peer',
        each: 'connection',
        connection: 1,
        client: told,
        request: 0,
        task: '',
        what: 'reset after 1 byte',
      },
    ]);
  });

  it('tells when an edge refuses, and when it listens again', async () => {
    const edge = await rig.echo([faultWith({ kind: 'refuse' })]);
    await edge.replaceFaults([]);
    const told = rig.proxies.journal.after(0).map(({ each, what }) => `${each} ${what}`);
    expect(told).toEqual(['edge refuses connections', 'edge listens again']);
  });
});

describe('TLS', () => {
  it('passes through, with faults on its bytes', async () => {
    // A key that both know, so that nobody needs a certificate.
    const psk = Buffer.alloc(32, 7);
    const ciphers = 'PSK';
    const server = createTlsServer(
      { ciphers, maxVersion: 'TLSv1.2', pskCallback: () => psk },
      (socket) => socket.pipe(socket),
    );
    const port = await rig.listen(server);
    const edge = await rig.behind(port, [
      faultWith({ kind: 'latency', time: { kind: 'constant', valueMs: 30 } }),
      faultWith({ kind: 'slicer', averageBytes: 7, variationBytes: 3, delayMs: 0 }),
      faultWith({ kind: 'http_status', status: 500, headers: {}, body: '' }),
    ]);
    const began = rig.proxies.clock.now();
    const client = connectTls({
      port: edge.listen.port,
      ciphers,
      maxVersion: 'TLSv1.2',
      pskCallback: () => ({ psk, identity: 'test' }),
      checkServerIdentity: () => undefined,
    });
    const text = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(20);
    client.write(text);
    let received = '';
    await new Promise<void>((resolve, reject) => {
      client.on('error', reject).on('data', (chunk: Uint8Array) => {
        received += String(chunk);
        if (received.length >= text.length) resolve();
      });
    });
    expect(received).toBe(text);
    expect(rig.proxies.clock.now() - began).toBeGreaterThanOrEqual(60);
    expect(edge.meter.total()).toMatchObject({ offered: 0, accepted: 1 });
    client.destroy();
  });
});
