import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { reasonNames } from '../../call/reason.ts';
import { after, bothTimes, never, watch } from '../../testing/promises.ts';
import { VirtualTime } from '../../virtual/virtual-time.ts';
import type { PolicyObserver } from '../observer.ts';
import { PolicyError } from '../policy-error.ts';
import { policy } from '../policy.ts';

const fail = () => Promise.reject(new Error('down'));

describe('what cockatiel 4.0.0 does, and this does not', () => {
  it('the window of the breaker forgets what is older than it, also while nothing is called', async () => {
    // cockatiel: after 4 failures, 5 idle minutes and 1 failure it opens: stale window (#64).
    const breaker = { failures: '50%', of: 5, within: '5s' } as const;
    for (const [idleMs, state] of [
      [300_000, 'closed'],
      // Within the window the fifth failure does open it.
      [1000, 'open'],
    ] as const) {
      const time = new VirtualTime();
      const call = policy({ breaker }, time);
      for (let count = 0; count < 4; count++) await expect(call(fail)).rejects.toThrow('down');
      expect(call.snapshot().breaker).toBe('closed');
      await time.advance(idleMs);
      await expect(call(fail)).rejects.toThrow('down');
      expect(call.snapshot().breaker).toBe(state);
    }
  });

  describe.each(bothTimes)('%s', (_, timeOf) => {
    it('an abort ends the wait before the next attempt at once, and none follows', async () => {
      // cockatiel: abort after 20 ms, settled after 301 ms, and 2 calls: its sleep is deaf.
      const time = timeOf();
      const backoff = { base: '60ms', jitter: 'none' } as const;
      let waits = (): void => undefined;
      const waiting = new Promise<void>((resolve) => (waits = resolve));
      const observer: PolicyObserver = { retryScheduled: () => waits() };
      const call = policy({ retry: { attempts: 3, backoff }, observer }, time);
      const caller = new AbortController();
      let attempts = 0;
      const failing = () => {
        attempts++;
        return fail();
      };
      const result = watch(call(failing, { signal: caller.signal }));
      // No real time may pass before the abort: a machine that pauses would end the wait itself.
      await waiting;
      const gone = new Error('gone');
      caller.abort(gone);
      await Promise.resolve();
      expect(result).toEqual({ state: 'rejected', value: gone });
      await time.advance(100);
      expect(attempts).toBe(1);
    });

    it('a caller that gives up is not told of a timeout, and nobody else is', async () => {
      // cockatiel: onTimeout on cancel; 'timed out after 10000ms' after 10 ms.
      const time = timeOf();
      const call = policy({ timeout: '10s', breaker: { consecutive: 1 } }, time);
      const caller = new AbortController();
      let own: AbortSignal | undefined;
      const work = (context: { signal: AbortSignal }) => {
        own = context.signal;
        return never();
      };
      const result = watch(call(work, { signal: caller.signal }));
      await time.advance(10);
      caller.abort();
      await Promise.resolve();
      expect(result.value).toBe(caller.signal.reason);
      expect(result.value).not.toBeInstanceOf(PolicyError);
      expect(own!.reason).toBe(caller.signal.reason);
      // It says nothing about the dependency, either.
      expect(call.snapshot().breaker).toBe('closed');
    });

    it('a failure from before the breaker opened does not count for its probe', async () => {
      // cockatiel: a late failure opens it again, and the success of the probe is ignored.
      const time = timeOf();
      const breaker = { consecutive: 2, open: '10ms', probes: 1 } as const;
      const call = policy({ breaker }, time);
      let failLate: (error: Error) => void = () => {};
      const late = watch(call(() => new Promise((_resolve, reject) => (failLate = reject))));
      for (let count = 0; count < 2; count++) await expect(call(fail)).rejects.toThrow('down');
      expect(call.snapshot().breaker).toBe('open');
      await time.advance(20);
      expect(call.snapshot().breaker).toBe('half-open');
      let answer: (value: string) => void = () => {};
      const probe = watch(call(() => new Promise((resolve) => (answer = resolve))));
      failLate(new Error('from before'));
      await time.advance(0);
      expect(late.state).toBe('rejected');
      expect(call.snapshot().breaker).toBe('half-open');
      answer('back');
      await time.advance(0);
      expect(probe.value).toBe('back');
      expect(call.snapshot().breaker).toBe('closed');
    });
  });
});

describe('what cockatiel 4.0.0 lets callers wait for, and this does not', () => {
  it('beside a probe others are refused at once, and a probe that is given up is replaced', async () => {
    // cockatiel: half-open, everybody waits for the probe, without bound and deaf to abort.
    const time = new VirtualTime();
    const call = policy({ breaker: { consecutive: 1, open: '1s', probes: 1 } }, time);
    await expect(call(fail)).rejects.toThrow('down');
    await time.advance(1000);
    const caller = new AbortController();
    const probe = watch(call(never, { signal: caller.signal }));
    const other = watch(call(() => 'never begun'));
    await Promise.resolve();
    expect(other.value).toMatchObject({ code: 'SEAWORTHY_BREAKER_OPEN' });
    caller.abort();
    await Promise.resolve();
    expect(probe.value).toBe(caller.signal.reason);
    expect(await call(() => 'the next probe')).toBe('the next probe');
    expect(call.snapshot().breaker).toBe('closed');
  });

  it('a call that was accepted into the queue is not put out by one that comes later', async () => {
    // cockatiel: ACCEPTED+QUEUED CALL REJECTED: the slot is free for one microtask, others take it.
    const time = new VirtualTime();
    const call = policy({ limit: { concurrency: 1, queue: { limit: 1 } } }, time);
    let end: () => void = () => {};
    const order: string[] = [];
    const first = call(() => new Promise<void>((resolve) => (end = resolve)));
    const queued = watch(
      call(() => {
        order.push('queued');
        return after(time, 10, () => 'served');
      }),
    );
    // One newcomer in each of the microtasks around the end of the first.
    const newcomers: ReturnType<typeof watch>[] = [];
    const arrive = () => newcomers.push(watch(call(() => void order.push('newcomer'))));
    void first.then(arrive);
    end();
    for (let count = 0; count < 10; count++) {
      await Promise.resolve();
      arrive();
    }
    expect(order).toEqual(['queued']);
    await time.advance(10);
    expect(queued.value).toBe('served');
    expect(order).toEqual(['queued', 'newcomer']);
    const refused = newcomers.filter(({ state }) => state === 'rejected');
    expect(refused.length).toBe(newcomers.length - 1);
    for (const { value } of refused) expect(value).toMatchObject({ reason: 'queue-full' });
  });

  it('a queued call that is given up leaves its place at once', async () => {
    // cockatiel: the bulkhead keeps what was aborted in its queue, where it counts on.
    const call = policy({ limit: { concurrency: 1, queue: { limit: 1 } } }, new VirtualTime());
    const caller = new AbortController();
    void call(never);
    const queued = watch(call(never, { signal: caller.signal }));
    expect(call.snapshot().queued).toBe(1);
    caller.abort();
    expect(call.snapshot().queued).toBe(0);
    const next = watch(call(() => 'accepted'));
    expect(call.snapshot().queued).toBe(1);
    await Promise.resolve();
    expect([queued.state, next.state]).toEqual(['rejected', 'pending']);
  });

  it('who watches a limit is told how each call through it ended', async () => {
    // cockatiel: its bulkhead never emits onSuccess or onFailure.
    const ended: string[] = [];
    const observer: PolicyObserver = {
      attemptEnded: (call, reason) => void ended.push(`attempt ${reasonNames[reason]}`),
      callSettled: ({ outcome, reason }) => void ended.push(`${outcome} ${reasonNames[reason]}`),
    };
    const limit = { concurrency: 1, queue: { limit: 0 } };
    const call = policy({ limit, observer }, new VirtualTime());
    const held = call(() => Promise.resolve('well'));
    await expect(call(fail)).rejects.toMatchObject({ reason: 'queue-full' });
    await held;
    await expect(call(fail)).rejects.toThrow('down');
    expect(ended).toEqual([
      'failed queue-full',
      'attempt none',
      'succeeded none',
      'attempt error',
      'failed error',
    ]);
  });

  it('a signal that outlives its calls keeps no listener of them', async () => {
    // cockatiel: one listener stays for each call, and each wrapped policy (#69, #81).
    const time = new VirtualTime();
    const call = policy({ deadline: '5s', timeout: '1s', retry: 2, limit: 10, hedge: '5ms' }, time);
    const { signal } = new AbortController();
    for (let count = 0; count < 100; count++) {
      const given = call(({ signal: own }) => after(time, 8, () => own.aborted), { signal });
      expect(getEventListeners(signal, 'abort').length).toBe(1);
      await time.advance(10);
      await given;
    }
    expect(getEventListeners(signal, 'abort').length).toBe(0);
  });

  it('many calls with one signal, of many policies, have one listener there', async () => {
    // cockatiel: MaxListenersExceededWarning from the eleventh call at a time on (#69).
    const time = new VirtualTime();
    const policies = [policy({ name: 'a' }, time), policy({ name: 'b' }, time)];
    const shared = new AbortController();
    const { signal } = shared;
    const own = new AbortController();
    const held = Array.from({ length: 20 }, (_, index) =>
      watch(policies[index % 2]!(never, { signal })),
    );
    const alone = watch(policies[0]!(never, { signal: own.signal }));
    const short = policies[1]!(() => 'done', { signal });
    expect(getEventListeners(signal, 'abort').length).toBe(1);
    expect(await short).toBe('done');
    shared.abort(new Error('the end'));
    await Promise.resolve();
    for (const { value } of held) expect(value).toBe(signal.reason);
    expect(alone.state).toBe('pending');
    expect(getEventListeners(signal, 'abort').length).toBe(0);
  });
});
