import { describe, expect, it } from 'vitest';

import { VirtualTime } from '../virtual/virtual-time.ts';
import { policy } from './policy.ts';

const down = () => Promise.reject(new Error('down'));
const codeOf = (error: { code?: string }) => error.code;

/** A function that ends when the test says so, and how many of it run. */
function held() {
  const ends: ((value: string) => void)[] = [];
  const work = () => new Promise<string>((resolve) => ends.push(resolve));
  return { work, ends };
}

describe('reconfigure to other parts', () => {
  it('lets what runs end by the parts that it began with', async () => {
    const time = new VirtualTime();
    const call = policy({ timeout: '1s', retry: { attempts: 2 } }, time);
    let attempts = 0;
    const result = call(() => {
      attempts++;
      return new Promise(() => {});
    }).catch(codeOf);
    call.reconfigure({ timeout: '20ms' });
    const later = call(() => new Promise(() => {})).catch(codeOf);
    await time.advance(20);
    expect([await later, attempts]).toEqual(['SEAWORTHY_TIMEOUT', 1]);
    await time.advance(10_000);
    expect([await result, attempts]).toEqual(['SEAWORTHY_TIMEOUT', 2]);
  });

  it('counts the slots of what runs for what comes, and hands them on in order', async () => {
    const time = new VirtualTime();
    const queue = { limit: 10 };
    const call = policy({ limit: { concurrency: 2, queue } }, time);
    const { work, ends } = held();
    const order: string[] = [];
    const go = (name: string) => call(work).then(() => order.push(name));
    const all = [go('a'), go('b'), go('c')];
    call.reconfigure({ limit: { concurrency: 2, queue }, retry: 2, breaker: {} });
    all.push(go('d'));
    expect(call.snapshot()).toMatchObject({ inFlight: 2, queued: 2 });
    for (let index = 0; index < 4; index++) {
      ends[index]!('');
      await time.advance(0);
    }
    await Promise.all(all);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    expect(call.snapshot()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('keeps a slot for what nobody waits for and that goes on, whichever engine began it', async () => {
    const time = new VirtualTime();
    const call = policy({ timeout: '10ms', limit: 1 }, time);
    const { work, ends } = held();
    void call(work).catch(codeOf);
    call.reconfigure({ timeout: '10ms', limit: 1, retry: 2 });
    await time.advance(10);
    expect(call.snapshot().inFlight).toBe(1);
    const next = call(() => 'next');
    ends[0]!('late');
    await time.advance(0);
    expect(await next).toBe('next');
    expect(call.snapshot().inFlight).toBe(0);
  });

  it('puts a limit around what is already in flight, and takes it away', async () => {
    const time = new VirtualTime();
    const call = policy({}, time);
    const { work, ends } = held();
    const all = [call(work), call(work), call(work)];
    call.reconfigure({ limit: 2 });
    all.push(call(work));
    expect(call.snapshot()).toMatchObject({ inFlight: 3, queued: 1, limit: 2 });
    ends[0]!('');
    await time.advance(0);
    expect(call.snapshot()).toMatchObject({ inFlight: 2, queued: 1 });
    call.reconfigure({});
    expect(call.snapshot()).toMatchObject({ inFlight: 3, queued: 0, limit: Infinity });
    for (const end of ends) end('');
    await Promise.all(all);
  });

  it('lets an adaptive limit go on from what it found, and another begin at its start', () => {
    const call = policy({ limit: 'adaptive' }, new VirtualTime());
    call.restore({ version: 1, limit: 70 });
    call.reconfigure({ limit: { concurrency: { max: 50 } }, breaker: {} });
    expect(call.snapshot().limit).toBe(50);
    call.reconfigure({ limit: 8 });
    call.reconfigure({ limit: { concurrency: { initial: 12 } } });
    expect(call.snapshot().limit).toBe(12);
  });

  it('waits by the longest wait of the new queue', async () => {
    const time = new VirtualTime();
    const queue = { limit: 5, maxWait: '1s' } as const;
    const call = policy({ limit: { concurrency: 1, queue } }, time);
    void call(() => new Promise(() => {}));
    const ends: string[] = [];
    const wait = (name: string) =>
      call(() => 1).catch((error) => ends.push(`${name} ${codeOf(error)} ${time.clock.now()}`));
    void wait('a');
    await time.advance(100);
    call.reconfigure({ limit: { concurrency: 1, queue: { ...queue, maxWait: '300ms' } } });
    void wait('b');
    await time.advance(250);
    call.reconfigure({ limit: { concurrency: 1, queue: { limit: 5 } } });
    await time.advance(100_000);
    expect(ends).toEqual(['a SEAWORTHY_QUEUE_TIMEOUT 300']);
    call.shutdown();
    await time.advance(0);
    expect(ends[1]).toBe('b SEAWORTHY_SHUTDOWN 100350');
  });

  it('keeps breaker, budget and cache while other parts come and go', async () => {
    const time = new VirtualTime();
    const keeping = {
      breaker: { consecutive: 2, open: '30s' },
      retry: { attempts: 2, budget: { share: '0%', floor: '1/s' } },
      cache: '1m',
    } as const;
    const call = policy(keeping, time);
    await call(() => 'kept', { key: 'a' });
    const failing = call(down).catch(() => {});
    await time.advance(1000);
    await failing;
    expect(call.snapshot()).toMatchObject({ breaker: 'open', budgetLeft: 9 });
    call.reconfigure({ ...keeping, hedge: '10ms', throttle: true, limit: 5 });
    expect(call.snapshot()).toMatchObject({ breaker: 'open', budgetLeft: 9 });
    expect(await call(down, { key: 'a' })).toBe('kept');
    call.reconfigure({ cache: { ttl: '1m', capacity: 1 } });
    expect(await call(down, { key: 'a' })).toBe('kept');
    call.reconfigure({});
    await expect(call(down, { key: 'a' })).rejects.toThrow('down');
    call.reconfigure(keeping);
    expect(call.snapshot()).toMatchObject({ breaker: 'closed', budgetLeft: 10 });
    expect(await call(() => 'new', { key: 'a' })).toBe('new');
  });

  it('does not count for a breaker what began before there was one', async () => {
    const time = new VirtualTime();
    const call = policy({}, time);
    const fails: ((error: Error) => void)[] = [];
    const failing = () => new Promise((_, reject) => fails.push(reject));
    const all = [call(failing).catch(codeOf), call(failing).catch(codeOf)];
    call.reconfigure({ breaker: { consecutive: 1 } });
    for (const fail of fails) fail(new Error('from before'));
    await Promise.all(all);
    expect(call.snapshot().breaker).toBe('closed');
    await call(down).catch(() => {});
    expect(call.snapshot().breaker).toBe('open');
  });

  it.each([
    ['throttle', { throttle: { from: '0/s' } }, { throttle: { from: '0/s', k: 3 } }],
    ['outliers', { outliers: { consecutive: 1 } }, { outliers: { consecutive: 2 } }],
  ] as const)('keeps what %s knows until its own options change', async (_, same, other) => {
    const time = new VirtualTime();
    const told: string[] = [];
    const call = policy(
      {
        ...same,
        endpoints: ['a', 'b'],
        judge: () => ({ reason: 'overloaded' }),
        observer: { endpointEjected: () => told.push('ejected') },
      },
      time,
    );
    const rejectedOf100 = async () => {
      let rejected = 0;
      const seen = new Set<string | undefined>();
      for (let count = 0; count < 100; count++) {
        await call(({ endpoint }) => seen.add(endpoint)).catch(() => rejected++);
      }
      return { isThrottled: rejected > 20, endpoints: seen.size };
    };
    await rejectedOf100();
    const known = await rejectedOf100();
    call.reconfigure({ ...same, timeout: '1s', breaker: { consecutive: 1000 }, retry: 1 });
    const kept = await rejectedOf100();
    expect(kept).toEqual(known);
    call.reconfigure({ ...other });
    // One attempt tells: the first that is sent after all of them were refused.
    const { endpoints, isThrottled } = known;
    const first = await call(() => 1).then(
      () => 'sent',
      () => 'held back',
    );
    expect([isThrottled || endpoints === 1, first]).toEqual([true, 'sent']);
  });

  it('goes on with the endpoints that were set', async () => {
    const call = policy({ endpoints: ['a'], balance: 'round-robin' }, new VirtualTime());
    call.setEndpoints(['b', 'c']);
    call.reconfigure({ balance: 'random', limit: 5 });
    const seen = new Set<string | undefined>();
    for (let count = 0; count < 40; count++) await call(({ endpoint }) => seen.add(endpoint));
    expect(seen).toEqual(new Set(['b', 'c']));
  });

  it('goes on with the fallbacks, and for how long they have been the normal path', async () => {
    const time = new VirtualTime();
    const call = policy({ fallback: [() => 'instead'], timeout: '1s' }, time);
    for (let count = 0; count < 100; count++) {
      await call(down);
      await time.advance(200);
    }
    const before = call.snapshot().fallbackNormalMs;
    expect(before).toBeGreaterThan(1000);
    call.reconfigure({ retry: 1 });
    expect(await call(down)).toBe('instead');
    expect(call.snapshot().fallbackNormalMs).toBe(before);
  });

  it('shuts down all of them, and stays shut down', async () => {
    const time = new VirtualTime();
    const backoff = { base: '10s', jitter: 'none' } as const;
    const call = policy({ retry: { attempts: 2, backoff } }, time);
    const sleeping = call(down).catch(codeOf);
    await time.advance(1);
    call.reconfigure({});
    const { work, ends } = held();
    const running = call(work);
    call.reconfigure({ limit: 1 });
    call.shutdown();
    expect(await sleeping).toBe('SEAWORTHY_SHUTDOWN');
    expect(time.clock.pending).toBe(0);
    ends[0]!('end');
    expect(await running).toBe('end');
    call.reconfigure({ limit: 2 });
    call.reconfigure({ limit: 2, breaker: {} });
    await expect(call(() => 1)).rejects.toMatchObject({ code: 'SEAWORTHY_SHUTDOWN' });
  });

  it('changes nothing where an option is wrong', () => {
    const call = policy({ limit: 3, breaker: {} }, new VirtualTime());
    const before = call.snapshot();
    expect(() => call.reconfigure({ limit: 5, breaker: { of: 0 } })).toThrow(/breaker.of is 0/);
    expect(call.snapshot()).toEqual(before);
  });
});
