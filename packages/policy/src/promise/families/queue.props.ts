import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, bothTimes, never, watch } from '../../testing/promises.ts';
import { expectNoUnhandledRejection } from '../../testing/unhandled.ts';
import { policy } from '../policy.ts';

expectNoUnhandledRejection();

describe.each(bothTimes)('P5: the queue, %s', (name, timeOf) => {
  const numRuns = name === 'in virtual time' ? 60 : 10;

  it('serves in its order, and who leaves leaves at once', async () => {
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

  it('puts out what it took in for its age, its deadline or a shutdown, and for nothing else', async () => {
    const causes = fc.constantFrom('age', 'deadline', 'shutdown', 'nothing');
    const codes = {
      age: 'SEAWORTHY_QUEUE_TIMEOUT',
      deadline: 'SEAWORTHY_DEADLINE',
      shutdown: 'SEAWORTHY_SHUTDOWN',
    };
    await fc.assert(
      fc.asyncProperty(causes, fc.integer({ min: 1, max: 6 }), async (cause, waiting) => {
        const time = timeOf();
        const queue = { limit: 6, ...(cause === 'age' && { maxWait: '5ms' as const }) };
        const call = policy(
          { limit: { concurrency: 1, queue }, ...(cause === 'deadline' && { deadline: '5ms' }) },
          time,
        );
        void watch(call(never));
        const results = Array.from({ length: waiting }, () => watch(call(() => 'served')));
        // It is full, or nearly: who comes later takes the place of nobody.
        const late = Array.from({ length: 8 }, () => watch(call(() => 'late')));
        await time.advance(0);
        expect(late.filter(({ state }) => state === 'rejected')).toHaveLength(2 + waiting);
        if (cause === 'shutdown') call.shutdown();
        await time.advance(10);
        for (const { state, value } of results) {
          if (cause === 'nothing') expect(state).toBe('pending');
          else expect(value).toMatchObject({ code: codes[cause] });
        }
      }),
      { numRuns },
    );
  });

  it('hands a slot over in the turn in which it comes free: nobody overtakes', async () => {
    const turns = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), turns, async (waiting, arrivals) => {
        const time = timeOf();
        const call = policy({ limit: { concurrency: 1, queue: { limit: 10 } } }, time);
        const begun: string[] = [];
        const work = (who: string) => () => {
          begun.push(who);
          return after(time, 0, () => who);
        };
        let end: () => void = () => {};
        const first = call(() => new Promise<void>((resolve) => (end = resolve)));
        const all = Array.from({ length: waiting }, () => call(work('waited')));
        end();
        // Newcomers in the microtasks around the end of the first.
        for (const count of arrivals) {
          for (let turn = 0; turn < count; turn++) await Promise.resolve();
          all.push(call(work('came')));
        }
        await first;
        for (let turn = 0; turn < 20 && begun.length < all.length; turn++) await time.advance(1);
        const wanted = [...all.keys()].map((index) => (index < waiting ? 'waited' : 'came'));
        expect(begun).toEqual(wanted);
        await time.advance(1);
        await Promise.all(all);
      }),
      { numRuns },
    );
  });
});
