import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behaviour, down, perform } from '../../testing/behaviour.ts';
import { after, bothTimes, never, RealTime, watch } from '../../testing/promises.ts';
import { expectNoUnhandledRejection } from '../../testing/unhandled.ts';
import { policy } from '../policy.ts';
import type { PolicyOptions } from '../policy.ts';
import { task } from '../task.ts';

expectNoUnhandledRejection();

describe.each(bothTimes)('what is bounded, %s', (name, timeOf) => {
  const numRuns = name === 'in virtual time' ? 60 : 8;

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

  it('P8: a cache forgets the key that was not asked for longest, and keeps so many', async () => {
    const keys = fc.array(fc.nat(6), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 4 }), async (asked, capacity) => {
        const time = timeOf();
        const call = policy({ cache: { ttl: '1h', early: 0, capacity } }, time);
        // In the order of use, the last one last.
        let known: number[] = [];
        for (const key of asked) {
          let isFetched = false;
          await call(() => void (isFetched = true), { key });
          expect(isFetched).toBe(!known.includes(key));
          known = [...known.filter((other) => other !== key), key].slice(-capacity);
        }
      }),
      { numRuns },
    );
  });

  it('P8: flights of more keys than it keeps all land, and it keeps no more of them', async () => {
    const counts = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 4 }), async (callers, capacity) => {
        const time = timeOf();
        const call = policy({ cache: { ttl: '1h', early: 0, capacity } }, time);
        const fly = (key: number) => call(() => after(time, 2, () => key), { key });
        const flying = Array.from({ length: callers }, (_, key) => watch(fly(key)));
        await time.advance(10);
        expect(flying.map(({ value }) => value)).toEqual([...flying.keys()]);
        let kept = 0;
        for (const key of [...flying.keys()].toReversed()) {
          let isFetched = false;
          await call(() => void (isFetched = true), { key });
          if (!isFetched) kept++;
        }
        expect(kept).toBeLessThanOrEqual(capacity);
        expect(call.snapshot().inFlight).toBe(0);
      }),
      { numRuns },
    );
  });
});

describe('P11: times beyond the 24.8 days of setTimeout, by the timers of the machine', () => {
  const long = '60d';
  const waits: readonly (readonly [string, PolicyOptions])[] = [
    ['timeout', { timeout: long }],
    ['deadline', { deadline: long }],
    ['hedge', { hedge: { delay: long, budget: { floor: '1/s' } } }],
    ['maxWait', { limit: { concurrency: 1, queue: { limit: 1, maxWait: long } } }],
    ['backoff', { retry: { backoff: { base: long, cap: long, jitter: 'none' } } }],
    ['open', { breaker: { consecutive: 1, open: long, openMax: long } }],
    ['ttl', { cache: { ttl: long, early: 0 } }],
  ];

  it.each(waits)('%s does not end at once, and holds no caller who leaves', async (of, options) => {
    const call = policy(options);
    const caller = new AbortController();
    let attempts = 0;
    const isHeld = of === 'timeout' || of === 'deadline' || of === 'hedge' || of === 'maxWait';
    const work = () => {
      attempts++;
      if (isHeld) return never();
      return of === 'ttl' ? 'answer' : Promise.reject(down);
    };
    const given = { signal: caller.signal, key: 1 };
    const [first, second] = [watch(call(work, given)), watch(call(work, given))];
    await new RealTime().advance(20);
    const again = watch(call(work, given));
    await new RealTime().advance(20);
    expect([of, first.state, second.state, again.state, attempts]).toEqual(expected[of]);
    caller.abort();
    await new RealTime().advance(0);
    expect([first.state, second.state, again.state]).not.toContain('pending');
    expect(call.snapshot().queued).toBe(0);
  });

  /** What the two that came at once, and the one that came later, have come to. */
  const expected: Readonly<Record<string, readonly unknown[]>> = {
    timeout: ['timeout', 'pending', 'pending', 'pending', 3],
    deadline: ['deadline', 'pending', 'pending', 'pending', 3],
    hedge: ['hedge', 'pending', 'pending', 'pending', 3],
    maxWait: ['maxWait', 'pending', 'pending', 'rejected', 1],
    backoff: ['backoff', 'pending', 'pending', 'pending', 3],
    open: ['open', 'rejected', 'rejected', 'rejected', 2],
    ttl: ['ttl', 'resolved', 'resolved', 'resolved', 1],
  };
});
