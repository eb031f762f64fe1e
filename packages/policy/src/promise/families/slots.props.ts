import { getEventListeners } from 'node:events';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../call/call.ts';
import { behaviour, down, perform } from '../../testing/behaviour.ts';
import { byPromises } from '../../testing/case-by-promises.ts';
import { cases } from '../../testing/cases.ts';
import { bothTimes, never, RealTime, watch } from '../../testing/promises.ts';
import { expectNoUnhandledRejection } from '../../testing/unhandled.ts';
import { nextTurn, systemClock } from '../../time/system.ts';
import type { PolicyObserver } from '../observer.ts';
import { policy } from '../policy.ts';

function activeTimeouts(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

/** Counts what is told of a call that is over, or that has not begun. */
class EventsOutOfPlace implements PolicyObserver {
  count: number = 0;
  private readonly live: Set<Call> = new Set();

  callStarted(call: Call): void {
    if (this.live.has(call)) this.count++;
    this.live.add(call);
  }

  callSettled(call: Call): void {
    if (!this.live.delete(call)) this.count++;
  }

  attemptStarted(record: Call): void {
    this.check(record);
  }

  attemptEnded(record: Call): void {
    this.check(record);
  }

  retryScheduled(call: Call): void {
    this.check(call);
  }

  retryStopped(call: Call): void {
    this.check(call);
  }

  hedgeStopped(call: Call): void {
    this.check(call);
  }

  fallbackStarted(call: Call): void {
    this.check(call);
  }

  private check(record: Call): void {
    if (!this.live.has(record.hedgeOf ?? record)) this.count++;
  }
}

// P10: functions reject long after anybody waits for them, and callers leave before.
expectNoUnhandledRejection();

describe.each(bothTimes)('whatever functions do, %s', (name, timeOf) => {
  const numRuns = name === 'in virtual time' ? 60 : 8;
  const calls = fc.array(fc.tuple(behaviour, fc.constantFrom(-1, -1, 0, 3)), {
    minLength: 1,
    maxLength: 8,
  });

  it('P1, P2, P3: slots, listeners and timers are given back, and nothing follows the end', async () => {
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 3 }), async (given, slots) => {
        const time = timeOf();
        await nextTurn();
        const before = activeTimeouts();
        const parent = new AbortController();
        const limit = { concurrency: slots, queue: { limit: 4 } };
        const observer = new EventsOutOfPlace();
        const call = policy(
          {
            timeout: '10ms',
            deadline: '60ms',
            retry: 2,
            hedge: '4ms',
            breaker: {},
            limit,
            observer,
          },
          time,
        );
        let [running, runningMax, afterEnd] = [0, 0, 0];
        const results = given.map(([how, leavesMs]) => {
          const caller = leavesMs < 0 ? parent : new AbortController();
          const result = watch(
            call(
              ({ signal }) => {
                if (result?.state !== undefined && result.state !== 'pending') afterEnd++;
                runningMax = Math.max(runningMax, ++running);
                return perform(time, how, signal, () => running--);
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
        // What began late, on a machine that was held up, ends late.
        for (let turn = 0; turn < 100; turn++) {
          if (running === 0) break;
          await time.advance(2);
        }
        expect(results.filter(({ state }) => state === 'pending')).toEqual([]);
        expect([running, call.snapshot().inFlight, call.snapshot().queued]).toEqual([0, 0, 0]);
        expect(runningMax).toBeLessThanOrEqual(slots);
        expect([afterEnd, observer.count]).toEqual([0, 0]);
        expect(call.snapshot().observerError).toBeUndefined();
        expect(getEventListeners(parent.signal, 'abort').length).toBe(0);
        expect(activeTimeouts()).toBeLessThanOrEqual(before);
      }),
      { numRuns },
    );
  });

  it('P3: an abort settles in the same macrotask, wherever the call is', async () => {
    const places = fc.constantFrom('running', 'hedged', 'queued', 'backoff', 'joined', 'fallback');
    await fc.assert(
      fc.asyncProperty(places, async (place) => {
        const time = timeOf();
        const call = policy(
          {
            ...(place === 'hedged' && { hedge: { delay: '0ms', budget: { floor: '1/s' } } }),
            ...(place === 'queued' && { limit: 1 }),
            ...(place === 'backoff' && { retry: { backoff: { base: '1s', jitter: 'none' } } }),
            ...(place === 'joined' && { cache: '1s' }),
            ...(place === 'fallback' && { fallback: [never] }),
          },
          time,
        );
        if (place === 'queued' || place === 'joined') void watch(call(never, { key: 1 }));
        const fails = place === 'backoff' || place === 'fallback';
        const caller = new AbortController();
        const work = () => (fails ? Promise.reject(down) : never());
        const result = watch(call(work, { signal: caller.signal, key: 1 }));
        await time.advance(2);
        expect(result.state).toBe('pending');
        const { inFlight, queued } = call.snapshot();
        const held = { running: 1, hedged: 2, queued: 1, backoff: 0, joined: 1, fallback: 0 };
        expect([inFlight, queued]).toEqual([held[place], place === 'queued' ? 1 : 0]);
        let isLater = false;
        systemClock.after(0, () => (isLater = true));
        caller.abort();
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
        expect([result.value, isLater]).toEqual([caller.signal.reason, false]);
        expect(getEventListeners(caller.signal, 'abort').length).toBe(0);
      }),
      { numRuns: Math.max(numRuns, 20) },
    );
  });
});

describe('by the timers of the machine alone', () => {
  it('P2, P10: cases leave no timer and no unhandled rejection', async () => {
    await nextTurn();
    const before = activeTimeouts();
    const given = fc.sample(cases(4, false), { numRuns: 20, seed: 3 });
    await Promise.all(given.map((of) => byPromises(of, new RealTime(), 60, 1)));
    await new RealTime().advance(200);
    expect(activeTimeouts()).toBeLessThanOrEqual(before);
  });
});
