import { faultWith } from '../fault.ts';
import { VirtualClock } from '@seaworthy/policy/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Distribution } from '../../../model/model.ts';
import { eventually, pause, Rig } from '../testing/rig.ts';

let rig: Rig;
beforeEach(() => (rig = new Rig()));
afterEach(() => rig.stop());

const constant = (valueMs: number): Distribution => ({ kind: 'constant', valueMs });

describe('latency', () => {
  it.each(['downstream', 'upstream'] as const)('delays what goes %s', async (direction) => {
    const edge = await rig.echo([
      faultWith({ kind: 'latency', time: constant(60) }, { direction }),
    ]);
    const client = rig.client(edge).send('hello');
    await client.receives(5);
    expect(client.elapsedMs).toBeGreaterThanOrEqual(60);
    expect(client.text).toBe('hello');
  });

  it('does not add up over the pieces of a message', async () => {
    const edge = await rig.echo([faultWith({ kind: 'latency', time: constant(60) })]);
    const client = rig.client(edge).send(Buffer.alloc(2_000_000, 'x'));
    await client.receives(2_000_000);
    expect(client.elapsedMs).toBeLessThan(5000);
    expect(client.chunks.length).toBeGreaterThan(10);
  });

  it('is drawn from any distribution, the same for the same seed', async () => {
    const points = [
      { share: 0, valueMs: 0 },
      { share: 0.5, valueMs: 1 },
      { share: 1, valueMs: 30 },
    ];
    const drawn = async (seed: number): Promise<string[]> => {
      const own = new Rig(seed);
      const edge = await own.echo([
        faultWith({ kind: 'latency', time: { kind: 'quantiles', points } }),
      ]);
      const client = own.client(edge);
      for (let turn = 1; turn <= 8; turn++) {
        client.send('x');
        await client.receives(turn);
      }
      await own.stop();
      return own.proxies.journal.after(0).map(({ what }) => what);
    };
    const first = await drawn(7);
    expect(first).toHaveLength(8);
    expect(new Set(first).size).toBe(8);
    expect(await drawn(7)).toEqual(first);
    expect(await drawn(8)).not.toEqual(first);
  });

  it('adds up with another one, and with nothing else when that is taken down', async () => {
    const edge = await rig.echo([
      faultWith({ kind: 'latency', time: constant(40) }, { name: 'one' }),
      faultWith({ kind: 'latency', time: constant(50) }, { name: 'other', direction: 'upstream' }),
    ]);
    const client = rig.client(edge).send('x');
    await client.receives(1);
    expect(client.elapsedMs).toBeGreaterThanOrEqual(90);
    await edge.replaceFaults([]);
    client.send('x');
    await client.receives(2);
    expect(rig.proxies.journal.total).toBe(2);
  });

  it('lets go what it holds when it is taken down', async () => {
    const edge = await rig.echo([faultWith({ kind: 'latency', time: constant(60_000) })]);
    const client = rig.client(edge).send('hello');
    await pause(20);
    expect(client.text).toBe('');
    await edge.replaceFaults([]);
    await client.receives(5);
  });
});

describe('packet_loss', () => {
  it('makes bytes late by retransmissions, and loses none', async () => {
    const edge = await rig.echo([faultWith({ kind: 'packet_loss', share: 0.25 })], {
      name: 'lossy',
    });
    const client = rig.client(edge);
    const gaps: number[] = [];
    for (let turn = 1; turn <= 10; turn++) {
      const beforeMs = client.elapsedMs;
      client.send('x');
      await client.receives(turn);
      gaps.push(client.elapsedMs - beforeMs);
    }
    expect(client.text).toBe('xxxxxxxxxx');
    const told = rig.proxies.journal.after(0).map(({ what }) => what);
    const late = gaps.filter((ms) => ms >= 200).length;
    expect(late).toBe(told.length);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(6);
  });
});

describe('packet_loss of a SYN', () => {
  it('makes the first bytes late by its timeouts: 1 s, 2 s more, 4 s more', async () => {
    const clock = new VirtualClock();
    const own = new Rig(3, clock);
    const edge = await own.echo([faultWith({ kind: 'packet_loss', share: 0.9 })]);
    const client = own.client(edge).send('x');
    await eventually(() => edge.meter.total().bytesDownstream > 0);
    const told = own.proxies.journal.after(0).map(({ what }) => what);
    const syn = /^SYN lost: connected (\d+) ms later$/.exec(told[0] ?? '');
    expect([1000, 3000, 7000, 15_000, 31_000, 63_000]).toContain(Number(syn?.[1]));
    const packet = /^packet lost: (\d+) ms later$/.exec(told[1] ?? '');
    const lateMs = Number(syn?.[1]) + Number(packet?.[1] ?? 0);
    clock.advance(lateMs - 1);
    await pause(20);
    expect(client.text).toBe('');
    clock.advance(1);
    await client.receives(1);
    await own.stop();
  });
});

describe('bandwidth', () => {
  const rate = { kind: 'bandwidth', bytesPerSecond: 100_000, shared: false } as const;

  it('lets bytes trickle', async () => {
    const edge = await rig.echo([faultWith(rate)]);
    const client = rig.client(edge).send(Buffer.alloc(20_000, 'x'));
    await client.receives(20_000);
    expect(client.elapsedMs).toBeGreaterThanOrEqual(195);
    // Not all at the end.
    expect(client.arrivedMs[0]).toBeLessThan(client.arrivedMs.at(-1)! - 100);
  });

  it.each([
    ['for each connection', false, 100],
    ['for all together', true, 300],
  ])('is %s', async (_what, shared, doneMs) => {
    const clock = new VirtualClock();
    const own = new Rig(1, clock);
    const edge = await own.echo([faultWith({ ...rate, shared })]);
    const clients = [0, 1, 2].map(() => own.client(edge).send(Buffer.alloc(10_000, 'x')));
    await eventually(() => edge.meter.total().bytesDownstream === 30_000);
    clock.advance(doneMs - 15);
    const received = (): number => clients.reduce((sum, { text }) => sum + text.length, 0);
    await eventually(() => received() > 20_000);
    await pause(20);
    expect(received()).toBeLessThan(30_000);
    clock.advance(16);
    await Promise.all(clients.map((client) => client.receives(10_000)));
    await own.stop();
  });

  it('holds the sender back', async () => {
    const slow = { ...rate, bytesPerSecond: 1000 };
    const edge = await rig.tcp(
      (socket) => {
        const chunk = Buffer.alloc(65_536, 'x');
        const send = (): void => {
          while (socket.write(chunk));
        };
        socket.on('drain', send);
        send();
      },
      [faultWith(slow)],
    );
    rig.client(edge);
    await pause(200);
    // Far from all that a sender without bounds could send in that time.
    expect(edge.meter.total().bytesDownstream).toBeLessThan(2_000_000);
  });
});

describe('slicer', () => {
  it('delivers in pieces, in order', async () => {
    const effect = { kind: 'slicer', averageBytes: 20, variationBytes: 3, delayMs: 50 } as const;
    const edge = await rig.echo([faultWith(effect)]);
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
    const client = rig.client(edge).send(text);
    await client.receives(text.length);
    expect(client.text).toBe(text);
    expect(client.chunks.length).toBeGreaterThan(2);
    expect(client.elapsedMs).toBeGreaterThan(190);
    for (const chunk of client.chunks.slice(0, -1)) expect(chunk.length).toBeGreaterThanOrEqual(17);
  });
});

describe('slow_close', () => {
  it('delays the end and nothing else', async () => {
    const clock = new VirtualClock();
    const own = new Rig(1, clock);
    const slow = faultWith({ kind: 'slow_close', delayMs: 80 });
    const edge = await own.tcp((socket) => socket.end('bye'), [slow]);
    const client = own.client(edge);
    await client.receives(3);
    await eventually(() => own.proxies.journal.total === 1);
    clock.advance(79);
    await pause(20);
    expect(client.ended).toBe('open');
    clock.advance(1);
    expect(await client.ends()).toBe('end');
    await own.stop();
  });
});

describe('an edge', () => {
  it('resets the caller whose callee is not there, and counts it', async () => {
    const edge = await rig.echo();
    await edge.move(edge.listen, { host: '127.0.0.1', port: 1 });
    expect(await rig.client(edge).ends()).toBe('ECONNRESET');
    expect(edge.meter.total()).toMatchObject({ accepted: 1, unreachable: 1 });
  });
});
