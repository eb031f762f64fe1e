import type { Line } from '../line/line.ts';
import { describe, expect, it } from 'vitest';
import type { QueueOrder } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { ScriptedHost, hang, success } from '../testing/scripted-host.ts';
import { Reason } from '../call/reason.ts';
import { ConcurrencyLimit } from './limit.ts';
import type { Waiter } from './limit.ts';

class Item implements Waiter<Item> {
  queuedMs: number = 0;
  line: Line<Item> | undefined = undefined;
  previous: Item | undefined = undefined;
  next: Item | undefined = undefined;
}

function limitOf(concurrency: number, limit: number, order: QueueOrder = 'fifo') {
  const queue = { limit, order, targetMs: 5, intervalMs: 100 };
  return new ConcurrencyLimit<Item>(concurrency, queue, stream(1, 'limit', 'queue'));
}

function enqueued(limit: ConcurrencyLimit<Item>, count: number): Item[] {
  const items = Array.from({ length: count }, () => new Item());
  for (const item of items) limit.enqueue(item, 0);
  return items;
}

describe('ConcurrencyLimit', () => {
  it('has so many slots', () => {
    const limit = limitOf(2, 1);
    limit.takeFree(0);
    expect(limit.isFree()).toBe(true);
    limit.takeFree(0);
    expect(limit.isFree()).toBe(false);
    limit.release();
    expect(limit.isFree()).toBe(true);
  });

  it('lets so many wait, and refuses the next', () => {
    const limit = limitOf(1, 2);
    limit.takeFree(0);
    enqueued(limit, 2);
    expect(limit.enqueue(new Item(), 0)).toBe(false);
    expect(limit.queue.size).toBe(2);
  });

  it('is not free for a newcomer while another waits for the free slot', () => {
    const limit = limitOf(1, 2);
    limit.takeFree(0);
    enqueued(limit, 1);
    limit.release();
    expect(limit.isFree()).toBe(false);
  });

  it('counts slots that are being handed over as room for a newcomer', () => {
    const limit = limitOf(1, 1);
    limit.takeFree(0);
    enqueued(limit, 1);
    limit.release();
    expect(limit.enqueue(new Item(), 0)).toBe(true);
  });

  it('hands slots to the longest waiting, or to the last that came', () => {
    for (const order of ['fifo', 'lifo', 'codel'] as const) {
      const limit = limitOf(3, 3, order);
      for (let slot = 0; slot < 3; slot++) limit.takeFree(0);
      const items = enqueued(limit, 3);
      for (let slot = 0; slot < 3; slot++) limit.release();
      const handedOut = [limit.next(), limit.next(), limit.next()];
      expect(handedOut).toEqual(order === 'lifo' ? items.toReversed() : items);
      expect(limit.next()).toBeUndefined();
    }
  });

  it('hands out nothing while no slot is free, also when a probe had one too many', () => {
    const limit = limitOf(1, 1);
    limit.takeFree(0);
    limit.take();
    enqueued(limit, 1);
    limit.release();
    expect(limit.next()).toBeUndefined();
    limit.release();
    expect(limit.next()).toBeDefined();
  });

  it('lets any of them leave: the first, one between, the last, the only one', () => {
    const limit = limitOf(1, 4);
    limit.takeFree(0);
    const [first, second, third, fourth] = enqueued(limit, 4);
    limit.queue.remove(third!);
    limit.queue.remove(first!);
    limit.queue.remove(fourth!);
    expect(limit.queue.first).toBe(second);
    limit.queue.remove(second!);
    limit.queue.remove(second!);
    expect([limit.queue.size, limit.queue.first]).toEqual([0, undefined]);
  });
});

describe('a limit at work', () => {
  const queue = { limit: 2, order: 'fifo', targetMs: 5, intervalMs: 100 } as const;

  it('rejects what finds the queue full', () => {
    const host = new ScriptedHost({ limit: { concurrency: 1, queue } });
    for (let call = 0; call < 4; call++) host.start([hang]);
    expect(host.scripts.map(({ reason }) => reason)).toEqual([0, 0, 0, Reason.queueFull]);
    expect([host.engine.inFlight, host.engine.queued, host.engine.limit]).toEqual([1, 2, 1]);
  });

  it('ends a wait at its maximum', () => {
    const host = new ScriptedHost({
      limit: { concurrency: 1, queue: { ...queue, maxWaitMs: 30 } },
    });
    host.start([hang]);
    const script = host.start([hang]);
    host.clock.advance(30);
    expect([script.reason, script.settledMs]).toEqual([Reason.queueTimeout, 30]);
  });

  it('tells how long an attempt waited, apart from how long it took', () => {
    const waits: [number, number][] = [];
    const host = new ScriptedHost(
      { limit: { concurrency: 1, queue } },
      {
        observer: {
          attemptStarted: (call, queueWaitMs) => waits.push([call.owner, queueWaitMs]),
        },
      },
    );
    host.start([success(10)]);
    host.start([success(10)]);
    host.clock.runAll();
    expect(waits).toEqual([
      [0, 0],
      [1, 10],
    ]);
  });

  it('drops by age under CoDel, as an answer to a queue that stands', () => {
    const host = new ScriptedHost({
      limit: { concurrency: 1, queue: { ...queue, limit: 100, order: 'codel' } },
    });
    for (let call = 0; call < 60; call++) host.start([success(10)]);
    host.clock.runAll();
    const dropped = host.scripts.filter(({ reason }) => reason === Reason.queueDropped);
    expect(dropped.length).toBeGreaterThan(0);
    expect(host.violations).toEqual([]);
  });

  it('survives a long queue of calls that end at once', () => {
    const host = new ScriptedHost({
      limit: { concurrency: 1, queue: { ...queue, limit: Infinity } },
    });
    const first = host.start([hang]);
    for (let call = 0; call < 20_000; call++) host.start([success(-1)]);
    host.engine.cancel(first.call);
    expect(host.scripts.at(-1)!.outcome).toBe('succeeded');
    expect(host.engine.inFlight).toBe(0);
  });

  it('puts a newcomer behind those who wait, also in the turn of a handover', () => {
    const host = new ScriptedHost({ limit: { concurrency: 1, queue } });
    host.start([success(10)]);
    host.start([success(10)]);
    let newcomers = 0;
    host.onSettled = (): void => {
      if (newcomers++ === 0) host.start([success(10)]);
    };
    host.clock.runAll();
    const order = host.log.filter((line) => line.includes(' attempt '));
    expect(order).toEqual(['0 0 attempt 1', '10 1 attempt 1', '20 2 attempt 1']);
  });
});
