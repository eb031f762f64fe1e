import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { VirtualTime } from '../virtual/virtual-time.ts';
import { policy } from './policy.ts';
import type { Policy, PolicyOptions } from './policy.ts';

const down = () => Promise.reject(new Error('down'));

async function fail(call: Policy, times: number): Promise<void> {
  for (let count = 0; count < times; count++) await call(down).catch(() => {});
}

/** The policy after a restart: another clock, which begins at another time. */
async function restarted(options: PolicyOptions, state: unknown, ageMs?: number) {
  const time = new VirtualTime(2);
  await time.advance(123_456);
  const call = policy(options, time);
  call.restore(JSON.parse(JSON.stringify(state)), ageMs);
  return { call, time };
}

describe('the state of a policy', () => {
  const breaker = { consecutive: 3, open: '30s' } as const;

  it('keeps a breaker open for what was left of its time', async () => {
    const time = new VirtualTime();
    const before = policy({ breaker }, time);
    await fail(before, 3);
    await time.advance(10_000);
    const state = before.exportState();
    expect(state.breaker).toMatchObject({ state: 'open', openForMs: 20_000 });
    const after = await restarted({ breaker }, state);
    await after.time.advance(19_999);
    expect(after.call.snapshot().breaker).toBe('open');
    await after.time.advance(1);
    expect(after.call.snapshot().breaker).toBe('half-open');
    const late = await restarted({ breaker }, state, 15_000);
    await late.time.advance(5000);
    expect(late.call.snapshot().breaker).toBe('half-open');
  });

  it('keeps the failures of a closed breaker, so that a restart hides none', async () => {
    const before = policy({ breaker }, new VirtualTime());
    await fail(before, 2);
    const { call } = await restarted({ breaker }, before.exportState());
    expect(call.snapshot().breaker).toBe('closed');
    await fail(call, 1);
    expect(call.snapshot().breaker).toBe('open');
  });

  it('of a half-open breaker asks for probes of its own', async () => {
    const time = new VirtualTime();
    const before = policy({ breaker }, time);
    await fail(before, 3);
    await time.advance(30_000);
    void before(() => new Promise(() => {}));
    expect(before.snapshot().breaker).toBe('half-open');
    const { call } = await restarted({ breaker }, before.exportState());
    expect(call.snapshot().breaker).toBe('half-open');
    for (let probe = 0; probe < 3; probe++) await call(() => 1);
    expect(call.snapshot().breaker).toBe('closed');
  });

  it('opens no breaker for longer than its own settings', async () => {
    const before = policy(
      { breaker: { ...breaker, open: '1h', openMax: '1h' } },
      new VirtualTime(),
    );
    await fail(before, 3);
    const { call, time } = await restarted({ breaker }, before.exportState());
    await time.advance(60_000);
    expect(call.snapshot().breaker).toBe('half-open');
  });

  it('keeps what the budget has left, and it comes back as time goes on', async () => {
    const options = {
      retry: { attempts: 2, backoff: { base: '1ms' }, budget: { share: '0%', floor: '1/s' } },
    } as const;
    const time = new VirtualTime();
    const before = policy(options, time);
    expect(before.snapshot().budgetLeft).toBe(10);
    for (let count = 0; count < 7; count++) void before(down).catch(() => {});
    await time.advance(5000);
    expect(before.snapshot().budgetLeft).toBe(3);
    const { call, time: later } = await restarted(options, before.exportState());
    expect(call.snapshot().budgetLeft).toBe(3);
    await later.advance(12_000);
    expect(call.snapshot().budgetLeft).toBe(10);
  });

  it('keeps what an adaptive limit has found, within its bounds', async () => {
    const state = { version: 1, limit: 300 };
    expect((await restarted({ limit: 'adaptive' }, state)).call.snapshot().limit).toBe(300);
    const bounded = { limit: { concurrency: { max: 40 } } };
    const { call } = await restarted(bounded, state);
    expect(call.snapshot().limit).toBe(40);
    expect(call.exportState()).toEqual({ version: 1, limit: 40 });
    expect((await restarted({ limit: 7 }, state)).call.snapshot().limit).toBe(7);
  });

  it('is exported as it was restored', async () => {
    const options = { breaker, retry: { attempts: 1, budget: {} }, limit: 'adaptive' } as const;
    const before = policy(options, new VirtualTime());
    await fail(before, 3);
    const state = before.exportState();
    const { call } = await restarted(options, state);
    expect(call.exportState()).toEqual(state);
  });

  it.each([
    [undefined, /state is/],
    [[], /write an object/],
    [{ version: 2 }, /state.version is 2: there is only 1/],
    [{}, /state.version/],
    [{ version: 1, breaker: { state: 'ajar' } }, /closed, open/],
    [{ version: 1, breaker: { openForMs: -1 } }, /state.breaker.openForMs/],
    [{ version: 1, breaker: { failed: 2, calls: 1 } }, /at most calls/],
    [{ version: 1, budget: { tasks: 1e12 } }, /state.budget.tasks/],
    [{ version: 1, budget: { tokens: 'all' } }, /state.budget.tokens/],
    [{ version: 1, limit: 0 }, /state.limit/],
    [{ version: 1, cache: {} }, /not an option/],
  ])('refuses %j', (state, says) => {
    expect(() => policy({}).restore(state)).toThrow(says);
  });

  it('is refused whole: what is wrong anywhere changes nothing', async () => {
    const call = policy({ breaker }, new VirtualTime());
    const state = { version: 1, breaker: { state: 'open', openForMs: 1000 }, limit: -1 };
    expect(() => call.restore(state)).toThrow(/state.limit/);
    expect(call.snapshot().breaker).toBe('closed');
  });

  it('never breaks a policy, whatever is restored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.jsonValue(), async (anything, json) => {
        const call = policy({ breaker, retry: { budget: {} }, limit: 'adaptive' });
        for (const state of [anything, { version: 1, breaker: json }, { version: 1, budget: json }])
          expect(() => {
            try {
              call.restore(state);
            } catch (error) {
              if ((error as { code?: string }).code !== 'SEAWORTHY_OPTION') throw error;
            }
          }).not.toThrow();
        expect(call.snapshot().limit).toBe(20);
      }),
      { numRuns: 200 },
    );
  });
});
