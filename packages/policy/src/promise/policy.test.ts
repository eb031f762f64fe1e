import { describe, expect, it } from 'vitest';

import { after, watch } from '../testing/promises.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { PolicyError } from './policy-error.ts';
import { policy } from './policy.ts';

class Refused extends Error {
  readonly code = 'ECONNREFUSED';
}

describe('policy', () => {
  it('gives what the function gives, at once or later', async () => {
    const call = policy({ name: 'quotes' });
    expect(await call(() => 1)).toBe(1);
    expect(await call(async () => 2)).toBe(2);
    expect(await call(() => undefined)).toBeUndefined();
    // oxlint-disable-next-line unicorn/no-thenable -- what is not a promise of ours must work, too
    const foreign = { then: (done: (value: number) => void) => done(3) };
    expect(await call(() => foreign as PromiseLike<number>)).toBe(3);
  });

  it('tells the attempt its number and what is left of the deadline', async () => {
    const time = new VirtualTime();
    const call = policy({ deadline: '2s', retry: 2 }, time);
    const seen: unknown[] = [];
    const result = watch(
      call(async ({ attempt, remainingMs }) => {
        seen.push([attempt, remainingMs]);
        await after(time, 100, () => undefined);
        throw new Error('no');
      }),
    );
    await time.advance(1000);
    expect(seen[0]).toEqual([1, 2000]);
    expect(seen).toHaveLength(2);
    expect(result.state).toBe('rejected');
  });

  it('tries again after a failure, and gives the error of the function when none did better', async () => {
    const time = new VirtualTime();
    const call = policy({ retry: { attempts: 3 } }, time);
    let attempts = 0;
    const result = watch(
      call(() => {
        throw new Error(`number ${++attempts}`);
      }),
    );
    await time.advance(5000);
    expect(attempts).toBe(3);
    expect(result.value).toEqual(new Error('number 3'));
  });

  it('ends an attempt at its timeout, aborts its signal, and says so', async () => {
    const time = new VirtualTime();
    const call = policy({ name: 'payments', timeout: '800ms' }, time);
    let signal: AbortSignal | undefined;
    const result = watch(
      call((context) => {
        ({ signal } = context);
        return new Promise(() => {});
      }),
    );
    await time.advance(799);
    expect(result.state).toBe('pending');
    await time.advance(1);
    expect(result.value).toBeInstanceOf(PolicyError);
    expect(result.value).toMatchObject({ code: 'SEAWORTHY_TIMEOUT', who: 'payments' });
    expect(signal!.reason).toBe(result.value);
    // The function ignores its signal: its slot is still taken.
    expect(call.snapshot().inFlight).toBe(1);
  });

  it('a signal that is first read after the end has aborted already', async () => {
    const time = new VirtualTime();
    const call = policy({ timeout: '10ms' }, time);
    let late: AbortSignal | undefined;
    const result = watch(
      call(async (context) => {
        await after(time, 50, () => undefined);
        late = context.signal;
      }),
    );
    await time.advance(100);
    expect(result.state).toBe('rejected');
    expect(late!.aborted).toBe(true);
    expect(call.snapshot().inFlight).toBe(0);
  });

  it('gives up with the caller, in the same turn, and forgets its signal', async () => {
    const time = new VirtualTime();
    const call = policy({ retry: 3 }, time);
    const caller = new AbortController();
    const own: unknown[] = [];
    const result = watch(
      call(
        ({ signal }) => {
          signal.addEventListener('abort', () => own.push(signal.reason));
          return new Promise(() => {});
        },
        { signal: caller.signal },
      ),
    );
    const why = new Error('the user left');
    caller.abort(why);
    await time.advance(0);
    expect(result.value).toBe(why);
    expect(own).toEqual([why]);
  });

  it('does not begin for a caller that has given up', async () => {
    const call = policy({});
    let calls = 0;
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(call(() => calls++, { signal })).rejects.toThrow('too late');
    expect(calls).toBe(0);
  });

  it('opens the breaker on failures of the dependency, and refuses with a reason', async () => {
    const time = new VirtualTime();
    const call = policy({ breaker: { consecutive: 3, open: '5s' } }, time);
    const fail = () => Promise.reject(new Refused('down'));
    for (let count = 0; count < 3; count++) await expect(call(fail)).rejects.toThrow('down');
    expect(call.snapshot().breaker).toBe('open');
    await expect(call(fail)).rejects.toMatchObject({ reason: 'breaker-open', retryable: true });
    await time.advance(30_000);
    expect(await call(() => 'back')).toBe('back');
  });

  it('answers from the fallback, and tells it what happened', async () => {
    const call = policy({
      fallback: [
        ({ error }) => {
          throw error;
        },
        ({ error }) => ({ from: 'cache', because: String(error) }),
      ],
    });
    const answer = await call(() => Promise.reject(new Error('down')));
    expect(answer).toEqual({ from: 'cache', because: 'Error: down' });
  });

  it('shares one flight among calls for the same key', async () => {
    const time = new VirtualTime();
    const call = policy({ cache: { ttl: '60s', jitter: '0%' } }, time);
    let fetched = 0;
    const fetchIt = () => after(time, 10, () => ++fetched);
    const both = [call(fetchIt, { key: 'a' }), call(fetchIt, { key: 'a' })];
    await time.advance(10);
    expect(await Promise.all(both)).toEqual([1, 1]);
    expect(await call(fetchIt, { key: 'a' })).toBe(1);
    await time.advance(61_000);
    const fresh = call(fetchIt, { key: 'a' });
    await time.advance(10);
    expect(await fresh).toBe(2);
  });

  it('all who wait for a flight that fails get its error', async () => {
    const time = new VirtualTime();
    const call = policy({ cache: { ttl: '60s' } }, time);
    const down = new Error('down');
    const fail = () =>
      after(time, 10, () => {
        throw down;
      });
    const results = [watch(call(fail, { key: 'a' })), watch(call(fail, { key: 'a' }))];
    await time.advance(10);
    expect(results.map(({ value }) => value)).toEqual([down, down]);
  });

  it('hedges what takes long: the first answer wins, and the other is aborted', async () => {
    const time = new VirtualTime();
    const call = policy({ hedge: { delay: '50ms', budget: { share: '100%' } } }, time);
    const aborted: number[] = [];
    const result = watch(
      call(({ attempt, signal }) => {
        signal.addEventListener('abort', () => aborted.push(attempt));
        return after(time, attempt === 1 ? 500 : 20, () => attempt);
      }),
    );
    await time.advance(70);
    expect(result.value).toBe(2);
    expect(aborted).toEqual([1]);
  });

  it('a value that is judged a failure is tried again, and given when none did better', async () => {
    const time = new VirtualTime();
    const judge = (outcome: { value?: unknown; error?: unknown }) =>
      (outcome.value as { status: number } | undefined)?.status === 503
        ? ({ reason: 'overloaded', retryAfterMs: 1000 } as const)
        : undefined;
    const call = policy({ retry: 2, judge }, time);
    let attempts = 0;
    const result = watch(call(() => ({ status: 503, attempt: ++attempts })));
    await time.advance(999);
    expect(attempts).toBe(1);
    await time.advance(600);
    expect(result.value).toEqual({ status: 503, attempt: 2 });
  });

  it('a judge that breaks fails the attempt, not the process', async () => {
    const call = policy({
      judge: () => {
        throw new Error('bad judge');
      },
    });
    await expect(call(() => 1)).rejects.toThrow('bad judge');
    await expect(call(() => Promise.reject(new Error('x')))).rejects.toThrow('bad judge');
  });

  it('carries the deadline of a task into the calls below it', async () => {
    const time = new VirtualTime();
    const outer = policy({ deadline: '100ms' }, time);
    const inner = policy({ name: 'inner', deadline: '10s' }, time);
    const result = watch(outer(({ task }) => inner(() => new Promise(() => {}), { task })));
    await time.advance(100);
    expect(result.value).toMatchObject({ code: 'SEAWORTHY_DEADLINE' });
    expect(inner.snapshot().inFlight).toBe(1);
  });

  it('chooses among endpoints, and leaves one out that fails', async () => {
    const time = new VirtualTime();
    const endpoints = ['http://a', 'http://b', 'http://c'];
    const call = policy({ endpoints, balance: 'round-robin', outliers: { consecutive: 3 } }, time);
    const served: Record<string, number> = {};
    for (let count = 0; count < 60; count++) {
      const ended = call(async ({ endpoint }) => {
        served[endpoint!] = (served[endpoint!] ?? 0) + 1;
        if (endpoint === 'http://b') throw new Error('down');
      });
      await ended.catch(() => undefined);
      await time.advance(10);
    }
    expect(served['http://b']).toBe(3);
    expect(served['http://a']! + served['http://c']!).toBe(57);
    call.setEndpoints(['http://d']);
    expect(await call(({ endpoint }) => endpoint)).toBe('http://d');
  });

  it('refuses after shutdown', async () => {
    const call = policy({});
    call.shutdown();
    await expect(call(() => 1)).rejects.toMatchObject({ code: 'SEAWORTHY_SHUTDOWN' });
  });
});
