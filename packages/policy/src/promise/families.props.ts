import { getEventListeners } from 'node:events';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPromises } from '../testing/case-by-promises.ts';
import { cases } from '../testing/cases.ts';
import { after, bothTimes, never, RealTime, watch } from '../testing/promises.ts';
import type { TestTime } from '../testing/promises.ts';
import { nextTurn, systemClock } from '../time/system.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { PolicyError } from './policy-error.ts';
import { policy } from './policy.ts';
import { task } from './task.ts';

const down = new Error('down');

function activeTimeouts(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

/** How one attempt behaves: after how long, and how it ends. */
const behaviour = fc.record({
  takesMs: fc.constantFrom(-1, 0, 1, 5, 20),
  end: fc.constantFrom('answer', 'answer', 'fail', 'nothing', 'thenable', 'deaf'),
});
type Behaviour = typeof behaviour extends fc.Arbitrary<infer T> ? T : never;

function perform(time: TestTime, { takesMs, end }: Behaviour, signal: AbortSignal): unknown {
  const give = (): unknown => {
    if (end === 'fail') throw down;
    return end === 'nothing' ? undefined : 'answer';
  };
  if (takesMs < 0) return give();
  const promise = after(time, takesMs, give);
  if (end === 'thenable') {
    // oxlint-disable-next-line unicorn/no-thenable -- what is not a promise of ours must work, too
    return { then: promise.then.bind(promise) };
  }
  if (end === 'deaf') return promise;
  const aborted = new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  return Promise.race([promise, aborted]);
}

const unhandled: unknown[] = [];
const takeNote = (reason: unknown): void => void unhandled.push(reason);

// P10, over all that runs here.
beforeAll(() => void process.on('unhandledRejection', takeNote));
afterAll(async () => {
  await nextTurn();
  process.off('unhandledRejection', takeNote);
  expect(unhandled).toEqual([]);
});

describe.each(bothTimes)('whatever functions do, %s', (name, timeOf) => {
  const numRuns = name === 'in virtual time' ? 60 : 8;

  it('P1, P2, P3: slots, listeners and timers are given back, and nothing follows the end', async () => {
    const calls = fc.array(fc.tuple(behaviour, fc.constantFrom(-1, -1, 0, 3)), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 3 }), async (given, slots) => {
        const time = timeOf();
        await nextTurn();
        const before = activeTimeouts();
        const parent = new AbortController();
        const limit = { concurrency: slots, queue: { limit: 4 } };
        const call = policy(
          { timeout: '10ms', deadline: '60ms', retry: 2, hedge: '4ms', breaker: {}, limit },
          time,
        );
        let running = 0;
        let runningMax = 0;
        let afterEnd = 0;
        const results = given.map(([how, leavesMs]) => {
          const caller = leavesMs < 0 ? parent : new AbortController();
          const result = watch(
            call(
              async ({ signal }) => {
                if (result?.state !== undefined && result.state !== 'pending') afterEnd++;
                runningMax = Math.max(runningMax, ++running);
                try {
                  return await perform(time, how, signal);
                } finally {
                  running--;
                }
              },
              { signal: caller.signal },
            ),
          );
          if (leavesMs >= 0) time.clock.after(leavesMs, () => caller.abort());
          return result;
        });
        for (let step = 0; step < 10; step++) {
          await time.advance(10);
          expect(call.snapshot().inFlight).toBe(running);
        }
        expect(results.filter(({ state }) => state === 'pending')).toEqual([]);
        expect([running, call.snapshot().inFlight, call.snapshot().queued]).toEqual([0, 0, 0]);
        expect(runningMax).toBeLessThanOrEqual(slots);
        expect(afterEnd).toBe(0);
        expect(getEventListeners(parent.signal, 'abort').length).toBe(0);
        expect(activeTimeouts()).toBeLessThanOrEqual(before);
      }),
      { numRuns },
    );
  });

  it('P3: an abort settles in the same macrotask, wherever the call is', async () => {
    const places = fc.constantFrom('running', 'queued', 'backoff', 'joined', 'fallback');
    await fc.assert(
      fc.asyncProperty(places, async (place) => {
        const time = timeOf();
        const call = policy(
          {
            ...(place === 'queued' && { limit: 1 }),
            ...(place === 'backoff' && { retry: { backoff: { base: '1s', jitter: 'none' } } }),
            ...(place === 'joined' && { cache: '1s' }),
            ...(place === 'fallback' && { fallback: [never] }),
          },
          time,
        );
        if (place !== 'running') void watch(call(never, { key: 1 }));
        const fails = place === 'backoff' || place === 'fallback';
        const caller = new AbortController();
        const work = () => (fails ? Promise.reject(down) : never());
        const result = watch(call(work, { signal: caller.signal, key: place }));
        await time.advance(1);
        expect(result.state).toBe('pending');
        let isLater = false;
        systemClock.after(0, () => (isLater = true));
        caller.abort();
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
        expect([result.value, isLater]).toEqual([caller.signal.reason, false]);
        expect(getEventListeners(caller.signal, 'abort').length).toBe(0);
      }),
      { numRuns: Math.min(numRuns, 20) },
    );
  });

  it('P4: exactly as many probes as are set are let through, the others are refused at once', async () => {
    const counts = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 8 }), async (probes, callers) => {
        const time = timeOf();
        const call = policy({ breaker: { consecutive: 1, open: '2ms', probes } }, time);
        await call(() => Promise.reject(down)).catch(() => undefined);
        await time.advance(5);
        const results = Array.from({ length: callers }, () => watch(call(never)));
        await nextTurn();
        const refused = results.filter(({ state }) => state === 'rejected');
        expect(refused.length).toBe(Math.max(0, callers - probes));
        for (const { value } of refused) expect(value).toMatchObject({ reason: 'breaker-open' });
      }),
      { numRuns: Math.min(numRuns, 20) },
    );
  });

  it('P5: what waits is served in its order, and put out only by its caller', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), async (leaves) => {
        const time = timeOf();
        const call = policy({ limit: { concurrency: 1, queue: { limit: 8 } } }, time);
        const first = watch(call(() => after(time, 5, () => 'first')));
        const served: number[] = [];
        const callers = leaves.map(() => new AbortController());
        const results = callers.map(({ signal }, index) =>
          watch(call(() => after(time, 1, () => served.push(index)), { signal })),
        );
        expect(call.snapshot().queued).toBe(leaves.length);
        for (const [index, isLeaving] of leaves.entries()) if (isLeaving) callers[index]!.abort();
        const staying = leaves.flatMap((isLeaving, index) => (isLeaving ? [] : [index]));
        expect(call.snapshot().queued).toBe(staying.length);
        for (let turn = 0; turn < 20 && served.length <= staying.length; turn++) {
          if (served.length === staying.length && first.state === 'resolved') break;
          await time.advance(5);
        }
        expect(served).toEqual(staying);
        expect(first.value).toBe('first');
        for (const [index, { state }] of results.entries()) {
          expect(state).toBe(leaves[index] === true ? 'rejected' : 'resolved');
        }
      }),
      { numRuns },
    );
  });

  it('P6: retries and hedges, those that wait included, stay within the budget', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { minLength: 5, maxLength: 40 }), async (given) => {
        const time = timeOf();
        const budget = { share: '20%', floor: '0/s', within: '1m' } as const;
        const backoff = { base: '2ms', cap: '4ms' } as const;
        const retry = { attempts: 3, budget, backoff };
        const call = policy({ timeout: '10ms', retry, hedge: '1ms' }, time);
        let begun = 0;
        let attempts = 0;
        let worst = 0;
        for (const how of given) {
          begun++;
          const work = ({ signal }: { signal: AbortSignal }) => {
            worst = Math.max(worst, ++attempts - begun - 0.2 * begun);
            return perform(time, how, signal);
          };
          void watch(call(work));
        }
        await time.advance(60);
        expect(worst).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns },
    );
  });

  it('P7: all layers of a task together make no more attempts than it has', async () => {
    const layers = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(layers, fc.integer({ min: 1, max: 6 }), async (attempts, cap) => {
        const time = timeOf();
        const backoff = { base: '0ms', cap: '0ms' } as const;
        const policies = attempts.map((most) =>
          policy({ retry: { attempts: most, backoff } }, time),
        );
        let made = 0;
        type Given = Parameters<typeof task>[1] extends (own: infer T) => unknown ? T : never;
        const below = (depth: number, own: Given): Promise<never> => {
          const layer = policies[depth];
          if (layer === undefined) return Promise.reject(down);
          const work = (context: { task: Given }) => {
            made++;
            return below(depth + 1, context.task);
          };
          return layer(work, { task: own });
        };
        const result = watch(task({ attempts: cap }, (own) => below(0, own), time.clock));
        for (let turn = 0; turn < 30 && result.state === 'pending'; turn++) await time.advance(4);
        expect(result.state).toBe('rejected');
        expect(made).toBeLessThanOrEqual(cap);
        expect(made).toBeGreaterThan(0);
      }),
      { numRuns: Math.min(numRuns, 30) },
    );
  });
});

describe('by the timers of the machine alone', () => {
  it('P2, P10: cases leave no timer and no unhandled rejection', async () => {
    await nextTurn();
    const before = activeTimeouts();
    const given = fc.sample(cases(4), { numRuns: 20, seed: 3 });
    await Promise.all(given.map((of) => byPromises(of, new RealTime(), 60, 1)));
    await new RealTime().advance(200);
    expect(activeTimeouts()).toBeLessThanOrEqual(before);
    expect(unhandled).toEqual([]);
  });

  it('P9: an answer that comes while the process is held up is no failure of the dependency', async () => {
    const call = policy({ timeout: '20ms', breaker: { consecutive: 1 } });
    const result = watch(call(never));
    const untilMs = systemClock.now() + 80;
    while (systemClock.now() < untilMs);
    await new RealTime().advance(5);
    expect(result.value).toBeInstanceOf(PolicyError);
    expect(result.value).toMatchObject({ code: 'SEAWORTHY_LAG' });
    expect(call.snapshot().breaker).toBe('closed');
  });

  it('P11: times beyond the 24.8 days of setTimeout do not end at once', async () => {
    const call = policy({ timeout: '60d', deadline: '100d', hedge: '30d' });
    const caller = new AbortController();
    let attempts = 0;
    const held = () => {
      attempts++;
      return never();
    };
    const result = watch(call(held, { signal: caller.signal }));
    await new RealTime().advance(20);
    expect([result.state, attempts]).toEqual(['pending', 1]);
    caller.abort();
    await nextTurn();
    expect(result.state).toBe('rejected');
    expect(new VirtualTime().clock.pending).toBe(0);
  });
});
