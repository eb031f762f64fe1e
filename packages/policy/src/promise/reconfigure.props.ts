import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { CallPolicy } from '../options/call-policy.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import type { AttemptContext } from './attempt-context.ts';
import { policy } from './policy.ts';

const durations = ['5ms', '20ms', '100ms', '1s'] as const;

/** Options of the same parts, with anything in them. */
const options: fc.Arbitrary<CallPolicy> = fc.record({
  deadline: fc.constantFrom('50ms' as const, '2s' as const),
  timeout: fc.constantFrom(...durations),
  retry: fc.record({
    attempts: fc.integer({ min: 1, max: 4 }),
    budget: fc.record({
      share: fc.constantFrom('0%' as const, '50%' as const),
      within: fc.constantFrom('1s' as const, '10s' as const),
    }),
  }),
  breaker: fc.record({
    consecutive: fc.integer({ min: 1, max: 5 }),
    open: fc.constantFrom(...durations),
    within: fc.constantFrom('1s' as const, '10s' as const),
    probes: fc.integer({ min: 1, max: 4 }),
  }),
  limit: fc.record({
    concurrency: fc.integer({ min: 1, max: 6 }),
    queue: fc.constant({ limit: 5 }),
  }),
});

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('call' as const),
      takesMs: fc.integer({ min: 0, max: 200 }),
      fails: fc.boolean(),
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
      const call = policy(first, time);
      let started = 0;
      let settled = 0;
      for (const step of all) {
        if (step.kind === 'wait') await time.advance(step.forMs);
        else if (step.kind === 'reconfigure') call.reconfigure(step.to);
        else {
          started++;
          const work = ({ signal }: AttemptContext) =>
            new Promise<void>((resolve, reject) => {
              const end = () => (step.fails ? reject(new Error('no')) : resolve());
              time.clock.after(step.takesMs, end);
              signal.addEventListener('abort', () => reject(new Error('aborted')));
            });
          call(work).then(
            () => settled++,
            () => settled++,
          );
        }
        const { inFlight, queued } = call.snapshot();
        expect(inFlight).toBeGreaterThanOrEqual(0);
        expect(queued).toBeLessThanOrEqual(5);
      }
      await time.advance(10_000);
      expect(settled).toBe(started);
      expect(call.snapshot()).toMatchObject({ inFlight: 0, queued: 0 });
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
