import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { CallPolicy } from '../options/call-policy.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import type { AttemptContext } from './attempt-context.ts';
import { policy } from './policy.ts';

const durations = ['5ms', '20ms', '100ms', '1s'] as const;
const probesMax = 4;

const budget = fc.record({
  share: fc.constantFrom('0%' as const, '50%' as const),
  within: fc.constantFrom('1s' as const, '10s' as const),
});

/** Whatever parts there may be, with anything in them. */
const options = fc.record(
  {
    deadline: fc.constantFrom('50ms' as const, '2s' as const),
    timeout: fc.constantFrom(...durations),
    retry: fc.record(
      { attempts: fc.integer({ min: 1, max: 4 }), budget },
      { requiredKeys: ['attempts'] },
    ),
    breaker: fc.record({
      consecutive: fc.integer({ min: 1, max: 5 }),
      open: fc.constantFrom(...durations),
      within: fc.constantFrom('1s' as const, '10s' as const),
      probes: fc.integer({ min: 1, max: probesMax }),
    }),
    limit: fc.oneof(
      fc.record({
        concurrency: fc.integer({ min: 1, max: 6 }),
        queue: fc.record({
          limit: fc.constant(5),
          order: fc.constantFrom('fifo' as const, 'lifo' as const, 'codel' as const),
        }),
      }),
      fc.record({
        concurrency: fc.record({ initial: fc.integer({ min: 3, max: 6 }), min: fc.constant(2) }),
        queue: fc.constant({ limit: 5, maxWait: '50ms' as const }),
      }),
    ),
    hedge: fc.constantFrom('10ms' as const, 'p95' as const),
    throttle: fc.constantFrom(true as const, { from: '0/s' as const }),
    cache: fc.constantFrom('50ms' as const, { ttl: '1s' as const, negative: '1s' as const }),
    admission: fc.constant({ target: '1ms' as const, interval: '10ms' as const }),
    outliers: fc.constantFrom(true as const, { consecutive: 1 }),
  },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<CallPolicy>;

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('call' as const),
      takesMs: fc.integer({ min: 0, max: 200 }),
      fails: fc.boolean(),
      isDeaf: fc.boolean(),
      key: fc.constantFrom(undefined, 'a', 'b'),
    }),
    fc.record({ kind: fc.constant('wait' as const), forMs: fc.integer({ min: 1, max: 80 }) }),
    fc.record({ kind: fc.constant('reconfigure' as const), to: options }),
  ),
  { minLength: 5, maxLength: 40 },
);

it('whatever is reconfigured when, every call ends in time and nothing stays held', async () => {
  await fc.assert(
    fc.asyncProperty(options, steps, async (first, all) => {
      const time = new VirtualTime();
      const endpoints = ['a', 'b', 'c'];
      const call = policy({ ...first, endpoints, fallback: [({ error }) => String(error)] }, time);
      let started = 0;
      let settled = 0;
      let running = 0;
      const work =
        (takesMs: number, fails: boolean, isDeaf: boolean) =>
        ({ signal }: AttemptContext): Promise<void> => {
          running++;
          return new Promise<void>((resolve, reject) => {
            const end = () => (fails ? reject(new Error('no')) : resolve());
            time.clock.after(takesMs, end);
            if (!isDeaf) signal.addEventListener('abort', () => reject(new Error('aborted')));
          }).finally(() => running--);
        };
      let before = 0;
      for (const step of all) {
        if (step.kind === 'wait') await time.advance(step.forMs);
        else if (step.kind === 'reconfigure') call.reconfigure(step.to);
        else {
          started++;
          const { takesMs, fails, isDeaf, key } = step;
          const ended = call(work(takesMs, fails, isDeaf), key === undefined ? {} : { key });
          void ended.then(
            () => settled++,
            () => settled++,
          );
        }
        const { inFlight, limit } = call.snapshot();
        // What held a slot before keeps it; beyond that nothing but probes is let in.
        expect(inFlight).toBeGreaterThanOrEqual(0);
        expect(inFlight).toBeLessThanOrEqual(Math.max(before, limit + probesMax));
        before = inFlight;
      }
      await time.advance(20_000);
      expect(settled).toBe(started);
      expect(running).toBe(0);
      expect(call.snapshot()).toMatchObject({ inFlight: 0, queued: 0 });
      expect(time.clock.pending).toBe(0);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
