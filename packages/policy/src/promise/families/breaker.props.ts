import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { down } from '../../testing/behaviour.ts';
import { after, bothTimes, never, RealTime, watch } from '../../testing/promises.ts';
import type { Seen } from '../../testing/promises.ts';
import { expectNoUnhandledRejection } from '../../testing/unhandled.ts';
import { nextTurn, systemClock } from '../../time/system.ts';
import { PolicyError } from '../policy-error.ts';
import { policy } from '../policy.ts';
import type { Policy } from '../policy.ts';

expectNoUnhandledRejection();

const fail = () => Promise.reject(down);

/** A call whose end the test decides. */
interface Held {
  readonly result: Seen;
  /** It succeeds, or fails. */
  end(well: boolean): void;
}

function hold(call: Policy): Held {
  let end: (well: boolean) => void = () => {};
  const result = watch(
    call(
      () =>
        new Promise((resolve, reject) => {
          end = (well) => (well ? resolve('well') : reject(down));
        }),
    ),
  );
  return { result, end: (well) => end(well) };
}

describe.each(bothTimes)('P4: the breaker, %s', (name, timeOf) => {
  const numRuns = name === 'in virtual time' ? 100 : 20;
  const counts = fc.integer({ min: 1, max: 4 });

  it('lets through exactly as many probes as are set, and refuses the others at once', async () => {
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 8 }), async (probes, callers) => {
        const time = timeOf();
        const call = policy({ breaker: { consecutive: 1, open: '2ms', probes } }, time);
        await call(fail).catch(() => undefined);
        await time.advance(5);
        const results = Array.from({ length: callers }, () => watch(call(never)));
        await nextTurn();
        const refused = results.filter(({ state }) => state === 'rejected');
        expect(refused.length).toBe(Math.max(0, callers - probes));
        for (const { value } of refused) expect(value).toMatchObject({ reason: 'breaker-open' });
      }),
      { numRuns },
    );
  });

  it('closes by its probes alone, whatever comes of attempts from before', async () => {
    const outcomes = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(outcomes, counts, fc.boolean(), async (before, probes, isWell) => {
        const time = timeOf();
        const changes: string[] = [];
        const observer = { breakerChanged: (_: string, to: string) => void changes.push(to) };
        const call = policy({ breaker: { consecutive: 1, open: '2ms', probes }, observer }, time);
        const late = before.map(() => hold(call));
        await call(fail).catch(() => undefined);
        await time.advance(5);
        const probing = Array.from({ length: probes }, () => hold(call));
        for (const [index, one] of late.entries()) one.end(before[index]!);
        await nextTurn();
        expect(late.map(({ result }) => result.state)).toEqual(
          before.map((well) => (well ? 'resolved' : 'rejected')),
        );
        // Neither closed nor opened by these, and no place of a probe is free again.
        await expect(call(() => 1)).rejects.toMatchObject({ reason: 'breaker-open' });
        expect(changes).toEqual(['open', 'half-open']);
        for (const [index, probe] of probing.entries()) probe.end(index > 0 || isWell);
        await nextTurn();
        expect(changes).toEqual(['open', 'half-open', isWell ? 'closed' : 'open']);
      }),
      { numRuns },
    );
  });

  it('forgets what is older than its window, also while nobody calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), async (of) => {
        const time = timeOf();
        const call = policy({ breaker: { failures: '50%', of, within: '20ms' } }, time);
        for (let count = 1; count < of; count++) await call(fail).catch(() => undefined);
        await time.advance(25);
        await call(fail).catch(() => undefined);
        expect(call.snapshot().breaker).toBe('closed');
      }),
      { numRuns: Math.min(numRuns, 30) },
    );
  });

  it('asks again after probes that are lost, and never lets one wait for a slot', async () => {
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 3 }), async (probes, rounds) => {
        const time = timeOf();
        const breaker = { consecutive: 1, open: '2ms', openMax: '2ms', probes } as const;
        const limit = { concurrency: 2, queue: { limit: 5 } };
        const options = { timeout: '4ms', breaker, limit } as const;
        const call = policy(options, time);
        // Deaf: it holds a slot for longer than all of this takes, and soon it is the only one.
        let end: () => void = () => {};
        void watch(call(() => new Promise<void>((resolve) => (end = resolve))));
        await call(fail).catch(() => undefined);
        call.reconfigure({ ...options, limit: { ...limit, concurrency: 1 } });
        let begun = 0;
        for (let round = 0; round < rounds; round++) {
          // Its last opening began late, on a machine that was held up.
          while (call.snapshot().breaker === 'open') await time.advance(4);
          const lost = watch(
            call(() => {
              begun++;
              return never();
            }),
          );
          expect([begun, call.snapshot().queued]).toEqual([Math.min(round + 1, probes), 0]);
          await time.advance(12);
          expect(lost.state).toBe('rejected');
        }
        end();
        await nextTurn();
        for (let probe = 0; probe < probes; probe++) expect(await call(() => 'well')).toBe('well');
        expect(call.snapshot().breaker).toBe('closed');
      }),
      { numRuns: Math.min(numRuns, 30) },
    );
  });
});

describe('P9: while the process is held up, by the timers of the machine', () => {
  it('an answer that comes is no failure of the dependency', async () => {
    const call = policy({ timeout: '20ms', breaker: { consecutive: 1 } });
    const results = [watch(call(never)), watch(call(() => after(new RealTime(), 25, () => 1)))];
    const untilMs = systemClock.now() + 80;
    while (systemClock.now() < untilMs);
    await new RealTime().advance(5);
    for (const { value } of results) {
      expect(value).toBeInstanceOf(PolicyError);
      expect(value).toMatchObject({ code: 'SEAWORTHY_LAG' });
    }
    expect(call.snapshot().breaker).toBe('closed');
  });
});
