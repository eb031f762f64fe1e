import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../call/call.ts';
import { Reason } from '../call/reason.ts';
import type { LimitSettings } from '../call/settings.ts';
import { interleavingWithLimit } from '../testing/arbitrary.ts';
import type { Interleaving } from '../testing/arbitrary.ts';
import { hostOf, play } from '../testing/interleaving.ts';
import type { ScriptedHost } from '../testing/scripted-host.ts';

/** Virtual time is rounded to whole nanoseconds: a timer may fire half of one early. */
const TOLERANCE_MS = 1e-6;

/** How one call left the queue. `Reason.none`: it got a slot. */
interface Leaving {
  readonly call: Call;
  readonly reason: Reason;
  readonly waitedMs: number;
  readonly isPastDeadline: boolean;
  /** Who waited then, longest first. */
  readonly waiting: readonly Call[];
}

/** Watches the queue from outside: who is seen waiting, and how each of these leaves. */
class QueueWatch {
  readonly leavings: Leaving[] = [];
  readonly host: ScriptedHost;
  private waiting: Call[] = [];

  constructor(trial: Interleaving) {
    this.host = hostOf(trial, {
      observer: {
        attemptStarted: (call) => this.left(call, Reason.none),
        fallbackStarted: (call, index, reason) => this.left(call, reason),
      },
    });
    this.host.onSettled = ({ call, reason }): void => this.left(call, reason);
  }

  look(): void {
    for (const { call } of this.host.scripts) {
      if (call.phase === 'queued' && !this.waiting.includes(call)) this.waiting.push(call);
    }
  }

  private left(call: Call, reason: Reason): void {
    if (!this.waiting.includes(call)) return;
    const nowMs = this.host.clock.now();
    const waitedMs = nowMs - call.queuedMs + TOLERANCE_MS;
    const isPastDeadline = nowMs + TOLERANCE_MS >= call.deadlineMs;
    this.leavings.push({ call, reason, waitedMs, isPastDeadline, waiting: [...this.waiting] });
    this.waiting = this.waiting.filter((other) => other !== call);
  }
}

function watch(trial: Interleaving, check: (host: ScriptedHost) => void = () => {}): Leaving[] {
  const seen = new QueueWatch(trial);
  play(trial, seen.host, () => {
    seen.look();
    check(seen.host);
  });
  expect(seen.host.violations).toEqual([]);
  return seen.leavings;
}

function isLegitimate(leaving: Leaving, { queue }: LimitSettings): boolean {
  const { reason, waitedMs, isPastDeadline } = leaving;
  if (reason === Reason.queueTimeout) return waitedMs >= (queue.maxWaitMs ?? Infinity);
  if (reason === Reason.queueDropped) {
    return queue.order === 'codel' && waitedMs > 2 * queue.targetMs;
  }
  if (reason === Reason.deadline) return isPastDeadline;
  if (reason === Reason.cancelled || reason === Reason.shutdown) return true;
  // It was offered a slot; then the breaker, or the cap of its task, is asked once more.
  return reason === Reason.none || reason === Reason.breakerOpen || reason === Reason.attemptsSpent;
}

/** How many may wait while there are so many slots. */
function placesOf({ concurrency, queue }: LimitSettings, slots: number): number {
  return queue.limit ?? (typeof concurrency === 'number' ? slots : 3 * slots);
}

describe('the queue, whatever happens', () => {
  it('P5: an accepted call leaves the queue only for a slot, age, deadline, cancel or shutdown', () => {
    fc.assert(
      fc.property(interleavingWithLimit, (trial) => {
        for (const leaving of watch(trial)) {
          expect(isLegitimate(leaving, trial.settings.limit!)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('P5: no slot is free while a call waits', () => {
    fc.assert(
      fc.property(interleavingWithLimit, (trial) => {
        let idleSlots = 0;
        watch(trial, ({ engine }) => {
          if (engine.queued > 0 && engine.inFlight < engine.limit) idleSlots++;
        });
        expect(idleSlots).toBe(0);
      }),
    );
  });

  it('P5: it never holds more than its limit, and slots are exceeded by probes only', () => {
    fc.assert(
      fc.property(interleavingWithLimit, (trial) => {
        const { limit, breaker } = trial.settings;
        let tooMany = 0;
        watch(trial, ({ engine }) => {
          if (engine.queued > placesOf(limit!, engine.limit)) tooMany++;
          if (breaker === undefined && engine.inFlight > engine.limit) tooMany++;
        });
        expect(tooMany).toBe(0);
      }),
    );
  });

  it('P5: slots go to the longest waiting, or to the last that came', () => {
    fc.assert(
      fc.property(interleavingWithLimit, (trial) => {
        const { order } = trial.settings.limit!.queue;
        for (const { reason, call, waiting } of watch(trial)) {
          if (reason !== Reason.none) continue;
          expect(waiting.at(order === 'lifo' ? -1 : 0)).toBe(call);
        }
      }),
    );
  });
});
