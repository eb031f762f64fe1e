import { describe, expect, it } from 'vitest';

import { VirtualTime } from '../virtual/virtual-time.ts';
import { policy } from './policy.ts';

const down = () => Promise.reject(new Error('down'));
const codeOf = (error: { code?: string }) => error.code;

describe('reconfigure', () => {
  it('keeps an open breaker open, and the failures of a closed one', async () => {
    const time = new VirtualTime();
    const call = policy({ breaker: { consecutive: 3, open: '30s' } }, time);
    for (let count = 0; count < 2; count++) await call(down).catch(() => {});
    call.reconfigure({ breaker: { consecutive: 3, open: '10s', within: '1m' } });
    expect(call.snapshot().breaker).toBe('closed');
    await call(down).catch(() => {});
    expect(call.snapshot().breaker).toBe('open');
    call.reconfigure({ breaker: { consecutive: 9, open: '1s' } });
    await time.advance(9999);
    expect(call.snapshot().breaker).toBe('open');
    await time.advance(1);
    expect(call.snapshot().breaker).toBe('half-open');
  });

  it('lets a half-open breaker end by the probes it began with', async () => {
    const time = new VirtualTime();
    const call = policy({ breaker: { consecutive: 1, open: '1s', probes: 2 } }, time);
    await call(down).catch(() => {});
    await time.advance(1000);
    expect(call.snapshot().breaker).toBe('half-open');
    call.reconfigure({ breaker: { consecutive: 1, open: '1s', probes: 5 } });
    await call(() => 1);
    await call(() => 1);
    expect(call.snapshot().breaker).toBe('closed');
  });

  it('keeps what the budget has spent, and judges it by the new settings', () => {
    const time = new VirtualTime();
    const of = (floor: '1/s' | '2/s', within: '10s' | '20s') =>
      ({ retry: { attempts: 2, budget: { share: '0%', floor, within } } }) as const;
    const call = policy(of('1/s', '10s'), time);
    for (let count = 0; count < 7; count++) void call(down).catch(() => {});
    return time.advance(0).then(() => {
      expect(call.snapshot().budgetLeft).toBe(3);
      call.reconfigure(of('2/s', '10s'));
      expect(call.snapshot().budgetLeft).toBe(13);
      call.reconfigure(of('1/s', '20s'));
      expect(call.snapshot().budgetLeft).toBe(13);
    });
  });

  it('hands more slots to what waits, at once, and takes none from what runs', async () => {
    const time = new VirtualTime();
    const call = policy({ limit: { concurrency: 2, queue: { limit: 10 } } }, time);
    const ends: (() => void)[] = [];
    const all = [1, 2, 3, 4, 5].map(() => call(() => new Promise<void>((end) => ends.push(end))));
    expect(call.snapshot()).toMatchObject({ inFlight: 2, queued: 3, limit: 2 });
    call.reconfigure({ limit: { concurrency: 4, queue: { limit: 10 } } });
    expect(call.snapshot()).toMatchObject({ inFlight: 4, queued: 1, limit: 4 });
    call.reconfigure({ limit: { concurrency: 1, queue: { limit: 10 } } });
    expect(call.snapshot()).toMatchObject({ inFlight: 4, queued: 1, limit: 1 });
    for (let index = 0; index < 3; index++) ends[index]!();
    await time.advance(0);
    expect(call.snapshot()).toMatchObject({ inFlight: 1, queued: 1 });
    ends[3]!();
    await time.advance(0);
    ends[4]!();
    await Promise.all(all);
    expect(call.snapshot()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it.each([
    ['longer', '5s', 'SEAWORTHY_TIMEOUT'],
    ['shorter', '10ms', 'SEAWORTHY_TIMEOUT'],
    ['no', undefined, 'SEAWORTHY_TIMEOUT'],
  ] as const)('ends what runs by its own timeout: %s one is for later', async (_, to, code) => {
    const time = new VirtualTime();
    const call = policy({ timeout: '1s', deadline: '2s' }, time);
    let endMs = -1;
    const result = call(() => new Promise(() => {})).catch((error: { code?: string }) => {
      endMs = time.clock.now();
      return codeOf(error);
    });
    await time.advance(100);
    call.reconfigure({ ...(to && { timeout: to }), deadline: '3s' });
    await time.advance(2000);
    expect([await result, endMs]).toEqual([code, 1000]);
    let laterMs = -1;
    void call(() => new Promise(() => {})).catch(() => (laterMs = time.clock.now() - 2100));
    await time.advance(6000);
    expect(laterMs).toBe(to === '10ms' ? 10 : 3000);
  });

  it('decides about the next attempt by the new settings', async () => {
    const time = new VirtualTime();
    const call = policy({ retry: { attempts: 5 } }, time);
    let attempts = 0;
    const result = call(() => {
      attempts++;
      throw new Error('down');
    }).catch(() => 'failed');
    call.reconfigure({ retry: { attempts: 2 } });
    await time.advance(60_000);
    expect([await result, attempts]).toEqual(['failed', 2]);
  });

  it('takes no name that is no option of a call', () => {
    expect(() => policy({}).reconfigure({ name: 'other' } as never)).toThrow(/name is "other"/);
    expect(() => policy({}).reconfigure({ timeout: 'soon' } as never)).toThrow(/timeout/);
  });
});
