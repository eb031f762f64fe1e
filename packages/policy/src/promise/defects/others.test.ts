import { describe, expect, it } from 'vitest';
import { after, bothTimes, never, watch } from '../../testing/promises.ts';
import { VirtualTime } from '../../virtual/virtual-time.ts';
import { policy } from '../policy.ts';

const fail = () => Promise.reject(new Error('down'));

function activeTimeouts(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

describe('what others do, and this does not', () => {
  it('a server that asks for more time than is worth waiting is not asked again sooner', async () => {
    // undici 8: a Retry-After beyond 30 s is cut to 30 s, so that it comes too early, 6 times.
    const ask = async (retryAfterMs: number) => {
      const time = new VirtualTime();
      const judge = () => ({ reason: 'overloaded', retryAfterMs }) as const;
      const call = policy({ retry: 2, judge }, time);
      const atMs: number[] = [];
      const result = watch(call(() => atMs.push(time.clock.now())));
      await time.advance(120_000);
      return { atMs, result };
    };
    const short = await ask(20_000);
    expect(short.atMs.length).toBe(2);
    expect(short.atMs[1]).toBeGreaterThanOrEqual(20_000);
    const long = await ask(60_000);
    expect(long.atMs).toEqual([0]);
    expect(long.result).toEqual({ state: 'resolved', value: 1 });
  });

  it('1000 calls that fail at once get the retries of the budget, and no more later', async () => {
    // Envoy: what sleeps before its retry is not counted: all 1000 pass a budget of 20 % (#30205).
    const time = new VirtualTime();
    const retry = { attempts: 2, budget: { share: '20%', floor: '0/s' } } as const;
    const call = policy({ retry }, time);
    let attempts = 0;
    const failing = () => {
      attempts++;
      return after(time, 1, () => fail());
    };
    const results = Array.from({ length: 1000 }, () => watch(call(failing)));
    await time.advance(5000);
    expect(attempts).toBe(1200);
    // What is denied fails with its own error, not with that of the budget.
    for (const { value } of results) expect(value).toEqual(new Error('down'));
  });

  it('the work in a paused process is not counted against the dependency', async () => {
    // undici (#3410), got (#2248), node-fetch (#1626): lag of the event loop is called a timeout.
    const run = async (isPaused: boolean) => {
      const time = new VirtualTime();
      const call = policy({ timeout: '100ms', breaker: { consecutive: 5 } }, time);
      const results = Array.from({ length: 10 }, () => watch(call(never)));
      if (isPaused) time.clock.stall(1000);
      await time.advance(200);
      const codes = new Set(results.map(({ value }) => (value as { code: string }).code));
      return { codes, breaker: call.snapshot().breaker };
    };
    expect(await run(true)).toEqual({ codes: new Set(['SEAWORTHY_LAG']), breaker: 'closed' });
    expect(await run(false)).toEqual({ codes: new Set(['SEAWORTHY_TIMEOUT']), breaker: 'open' });
  });

  it('late results do not make a half-open breaker let more through', async () => {
    // failsafe-go: each late result gives one permission more.
    const time = new VirtualTime();
    const call = policy({ breaker: { consecutive: 2, open: '1s', probes: 2 } }, time);
    const late: (() => void)[] = [];
    for (let count = 0; count < 20; count++) {
      void watch(call(() => new Promise<void>((resolve) => late.push(resolve))));
    }
    for (let count = 0; count < 2; count++) await expect(call(fail)).rejects.toThrow('down');
    await time.advance(1000);
    let probes = 0;
    const tryAll = async () => {
      for (let count = 0; count < 10; count++) {
        watch(
          call(() => {
            probes++;
            return never();
          }),
        );
      }
      await time.advance(0);
    };
    await tryAll();
    for (const end of late) end();
    await time.advance(0);
    await tryAll();
    expect(probes).toBe(2);
    expect(call.snapshot().breaker).toBe('half-open');
  });

  it('a timeout is for each attempt anew', async () => {
    // AbortSignal.timeout made outside of the loop of retries aborts all later attempts, too.
    const time = new VirtualTime();
    const backoff = { base: '10ms', jitter: 'none' } as const;
    const call = policy({ timeout: '100ms', retry: { attempts: 3, backoff } }, time);
    const wasAborted: boolean[] = [];
    const result = watch(
      call(({ signal, attempt }) => {
        wasAborted.push(signal.aborted);
        return attempt < 3 ? never() : after(time, 50, () => 'third');
      }),
    );
    await time.advance(500);
    expect(wasAborted).toEqual([false, false, false]);
    expect(result.value).toBe('third');
  });

  it.each(bothTimes)('a flight outlives the caller who began it, %s', async (_, timeOf) => {
    // A deduplicated call that shares the signal of its first caller fails for all when he leaves.
    const time = timeOf();
    const call = policy({ cache: '60s' }, time);
    const first = new AbortController();
    const answer = () => after(time, 30, () => 'answer');
    const left = watch(call(answer, { key: 1, signal: first.signal }));
    const stays = watch(call(answer, { key: 1 }));
    first.abort();
    await time.advance(40);
    expect(left.value).toBe(first.signal.reason);
    expect(stays.value).toBe('answer');
  });

  it.each([{ share: '0%', floor: '1/s' }, { bucket: 5 }] as const)(
    'a retry whose caller leaves before it is made costs nothing, with a budget of %o',
    async (budget) => {
      // smithy (AWS SDK): takes its tokens, then sleeps; when the caller aborts it keeps them.
      const time = new VirtualTime();
      const backoff = { base: '100ms', cap: '100ms', jitter: 'none' } as const;
      const call = policy({ retry: { attempts: 2, backoff, budget } }, time);
      const left = call.snapshot().budgetLeft;
      const caller = new AbortController();
      const results = [1, 2, 3].map(() => watch(call(fail, { signal: caller.signal })));
      await time.advance(50);
      expect(call.snapshot().budgetLeft).toBe(left - 3);
      caller.abort();
      await time.advance(0);
      expect(results.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(call.snapshot().budgetLeft).toBe(left);
      // One that is made stays charged.
      const made = watch(call(fail));
      await time.advance(150);
      expect([made.state, call.snapshot().budgetLeft]).toEqual(['rejected', left - 1]);
    },
  );

  it('an abort leaves no timer behind that keeps the process alive', async () => {
    // smithy (AWS SDK), p-retry: the abort wins a race, and the sleep goes on behind it.
    const before = activeTimeouts();
    const backoff = { base: '30s', cap: '30s', jitter: 'none' } as const;
    const call = policy({ deadline: '60s', retry: { attempts: 3, backoff } });
    const caller = new AbortController();
    const result = watch(call(fail, { signal: caller.signal }));
    await Promise.resolve();
    await Promise.resolve();
    expect(activeTimeouts()).toBe(before + 1);
    caller.abort();
    expect(activeTimeouts()).toBe(before);
    await Promise.resolve();
    expect(result.state).toBe('rejected');
    call.shutdown();
  });
});
