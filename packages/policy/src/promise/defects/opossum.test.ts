import { describe, expect, it, vi } from 'vitest';
import { after, bothTimes, never, watch } from '../../testing/promises.ts';
import { VirtualTime } from '../../virtual/virtual-time.ts';
import { policy } from '../policy.ts';

const fail = () => Promise.reject(new Error('down'));

function activeTimeouts(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

describe('what opossum 10.0.0 does, and this does not', () => {
  it('a function that gives nothing, and not even later, has succeeded', async () => {
    // opossum: rejects with "Cannot read properties of undefined (reading 'then')".
    const call = policy({ timeout: '1s', breaker: {}, limit: 1 });
    expect(await call(() => undefined)).toBeUndefined();
    expect(call.snapshot().inFlight).toBe(0);
  });

  describe.each(bothTimes)('%s', (_, timeOf) => {
    it('the timeout of one call leaves the others alone', async () => {
      // opossum: one AbortController for all: 'slow: Timed out | fast: aborted' (#780).
      const time = timeOf();
      const call = policy({ timeout: '40ms' }, time);
      const aborted: string[] = [];
      const work =
        (name: string, takesMs: number) =>
        ({ signal }: { signal: AbortSignal }) => {
          signal.addEventListener('abort', () => aborted.push(name));
          return after(time, takesMs, () => name);
        };
      const slow = watch(call(work('slow', 10_000)));
      await time.advance(30);
      const fast = watch(call(work('fast', 15)));
      await time.advance(30);
      expect(slow.value).toMatchObject({ code: 'SEAWORTHY_TIMEOUT' });
      expect(fast.value).toBe('fast');
      expect(aborted).toEqual(['slow']);
    });

    it('no more than the limit runs, also where functions go on after their timeout', async () => {
      // opossum: capacity 2, 10 really running: the timeout frees the slot, the work goes on.
      const time = timeOf();
      const call = policy({ timeout: '5ms', limit: { concurrency: 2, queue: { limit: 0 } } }, time);
      let running = 0;
      let runningMax = 0;
      const deaf = () => {
        runningMax = Math.max(runningMax, ++running);
        return after(time, 40, () => void running--);
      };
      const results = [];
      for (let count = 0; count < 10; count++) {
        results.push(watch(call(deaf)));
        await time.advance(8);
      }
      await time.advance(60);
      expect(runningMax).toBe(2);
      expect(call.snapshot().inFlight).toBe(0);
      expect(results.filter(({ state }) => state === 'pending')).toEqual([]);
      // The slots come back: it is not that nothing runs any more.
      expect(await call(() => 'served')).toBe('served');
    });
  });

  it('the share of failures is one of the calls that have ended', async () => {
    // opossum: 10 of 10 completed calls failed, 10 in flight; opened = false: it divides by fires.
    const call = policy({ breaker: { failures: '100%', of: 10 } }, new VirtualTime());
    for (let count = 0; count < 10; count++) void call(never);
    for (let count = 0; count < 10; count++) await expect(call(fail)).rejects.toThrow('down');
    expect(call.snapshot().breaker).toBe('open');
  });

  it('calls that the limit refuses do not count for the breaker', async () => {
    // opossum: a rejection is a fire, too, so that load hides failures.
    const limit = { concurrency: 1, queue: { limit: 0 } };
    const call = policy({ limit, breaker: { failures: '100%', of: 5 } }, new VirtualTime());
    for (let count = 0; count < 5; count++) {
      let failNow: (error: Error) => void = () => {};
      const held = watch(call(() => new Promise((_resolve, reject) => (failNow = reject))));
      for (let refused = 0; refused < 10; refused++) {
        await expect(call(fail)).rejects.toMatchObject({ reason: 'queue-full' });
      }
      expect(call.snapshot().breaker).toBe('closed');
      failNow(new Error('down'));
      await Promise.resolve();
      await Promise.resolve();
      expect(held.state).toBe('rejected');
    }
    expect(call.snapshot().breaker).toBe('open');
  });

  it('a policy that nobody calls has no timer, and one that is called has one', async () => {
    // opossum: two intervals a breaker, for as long as it lives (#248, #635).
    const before = activeTimeouts();
    const policies = Array.from({ length: 100 }, () =>
      policy({ deadline: '60s', timeout: '10s', breaker: {}, limit: 'adaptive', retry: 3 }),
    );
    expect(activeTimeouts()).toBe(before);
    const ends: (() => void)[] = [];
    const hold = () => new Promise<void>((resolve) => ends.push(resolve));
    const calls = policies.flatMap((call) => [call(hold), call(hold), call(hold)]);
    expect(activeTimeouts()).toBe(before + 100);
    for (const end of ends) end();
    await Promise.all(calls);
    expect(activeTimeouts()).toBe(before);
  });

  it('a failure costs as much after many calls as after few', async () => {
    // opossum: each failure puts all latencies of its window together, and sorts them.
    const arrays = [Array.prototype, Object.getPrototypeOf(Float64Array.prototype) as object];
    const sorts = arrays.flatMap((of) =>
      (['sort', 'concat'] as const)
        .filter((name) => name in of)
        .map((name) => vi.spyOn(of as unknown[], name)),
    );
    const call = policy(
      { timeout: '1s', retry: 2, hedge: 'p95', breaker: {}, limit: 'adaptive', throttle: true },
      new VirtualTime(),
    );
    const results: Promise<unknown>[] = [];
    for (let count = 0; count < 500; count++) {
      results.push(call(count % 10 === 0 ? () => 'well' : fail).catch(() => 'down'));
      await Promise.resolve();
    }
    const lengths = sorts.flatMap(({ mock }) =>
      mock.contexts.map((of) => (of as unknown[]).length),
    );
    vi.restoreAllMocks();
    // The limit takes the median of five windows: no more, however many calls there were.
    expect(Math.max(0, ...lengths)).toBeLessThan(10);
    expect(results).toHaveLength(500);
    call.shutdown();
    expect(await Promise.all(results)).toContain('well');
  });

  it('a probe that never ends does not keep the breaker half-open for ever', async () => {
    // opossum: half-open for ever once the probe is lost (#277, #385).
    for (const timeout of [{ timeout: '2s' }, {}] as const) {
      const time = new VirtualTime();
      const breaker = { consecutive: 1, open: '1s', openMax: '60s', probes: 1 } as const;
      const call = policy({ ...timeout, breaker }, time);
      await expect(call(fail)).rejects.toThrow('down');
      await time.advance(1000);
      void watch(call(never));
      await expect(call(() => 1)).rejects.toMatchObject({ reason: 'breaker-open' });
      // As long as the breaker is ever open at most, where nothing else bounds the probe.
      await time.advance(62_000);
      expect(await call(() => 'back')).toBe('back');
      expect(call.snapshot().breaker).toBe('closed');
    }
  });
});
