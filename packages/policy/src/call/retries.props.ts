import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget } from '../budget/budget.ts';
import { acts, interleavingWithBudget, settings } from '../testing/arbitrary.ts';
import type { Interleaving } from '../testing/arbitrary.ts';
import { hostOf, play } from '../testing/interleaving.ts';
import { ScriptedHost, failure, success } from '../testing/scripted-host.ts';
import type { Script } from '../testing/scripted-host.ts';
import { Task } from './call.ts';
import { Reason } from './reason.ts';

/** Virtual time is rounded to whole nanoseconds, and shares are not exact in binary. */
const TOLERANCE = 1e-6;

/** Keeps the times of what it is asked. */
class WatchedBudget extends RetryBudget {
  readonly tasksMs: number[] = [];
  readonly grantsMs: number[] = [];
  /** At each grant: what was charged until then, and not given back. */
  readonly heldMs: (readonly number[])[] = [];
  private held: readonly number[] = [];

  override taskStarted(nowMs: number): void {
    this.tasksMs.push(nowMs);
    super.taskStarted(nowMs);
  }

  override tryWithdraw(nowMs: number): boolean {
    const isGranted = super.tryWithdraw(nowMs);
    if (!isGranted) return false;
    this.grantsMs.push(nowMs);
    this.held = [...this.held, nowMs];
    this.heldMs.push(this.held);
    return true;
  }

  override giveBack(chargedMs: number, nowMs: number): void {
    // It is that of a charge, and not given back before.
    expect(this.held).toContain(chargedMs);
    this.held = this.held.toSpliced(this.held.indexOf(chargedMs), 1);
    super.giveBack(chargedMs, nowMs);
  }
}

interface Extra {
  readonly budget: WatchedBudget;
  /** When each retry, hedge, or fallback link after the first was decided. */
  readonly decidedMs: number[];
}

function playWithBudget(trial: Interleaving): Extra {
  const budget = new WatchedBudget(trial.settings.retry!.budget!, 0);
  const decidedMs: number[] = [];
  const host: ScriptedHost = hostOf(trial, {
    budget,
    observer: {
      retryScheduled: () => decidedMs.push(host.clock.now()),
      attemptStarted: (call) => {
        if (call.hedgeOf !== undefined) decidedMs.push(host.clock.now());
      },
      fallbackStarted: (call, index) => {
        if (index > 0) decidedMs.push(host.clock.now());
      },
    },
  });
  play(trial, host);
  return { budget, decidedMs };
}

/** Of these, the ones in the window that ends with `nowMs`. */
function countUntil(nowMs: number, windowMs: number, timesMs: readonly number[]): number {
  const isWithin = (timeMs: number): boolean => timeMs >= nowMs - windowMs && timeMs <= nowMs;
  return timesMs.filter(isWithin).length;
}

describe('extra work, whatever happens', () => {
  it('P6: for every prefix it is at most share x tasks + floor, what sleeps in a back-off included', () => {
    fc.assert(
      fc.property(interleavingWithBudget, (trial) => {
        const of = trial.settings.retry!.budget!;
        const { tasksMs, grantsMs, heldMs } = playWithBudget(trial).budget;
        for (const [index, nowMs] of grantsMs.entries()) {
          const windowMs = of.bucketTokens === undefined ? of.withinMs : nowMs;
          const decided = countUntil(nowMs, windowMs, heldMs[index]!);
          const tasks = countUntil(nowMs, windowMs, tasksMs);
          const floor = (of.floorPerSecond * windowMs) / 1000;
          const allowed = (of.bucketTokens ?? 0) + of.share * tasks + floor;
          expect(decided).toBeLessThanOrEqual(allowed + TOLERANCE);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('P6: each piece is charged once, in the instant in which it is decided', () => {
    fc.assert(
      fc.property(interleavingWithBudget, (trial) => {
        const { budget, decidedMs } = playWithBudget(trial);
        expect(decidedMs.length).toBe(budget.grantsMs.length);
        for (const [index, grantMs] of budget.grantsMs.entries()) {
          expect(Math.abs(decidedMs[index]! - grantMs)).toBeLessThan(TOLERANCE);
        }
      }),
    );
  });
});

/** Calls on `outer` whose attempts each make one call on `inner`, and do as that does. */
function nest(outer: ScriptedHost, inner: ScriptedHost, reports: readonly Reason[]): void {
  const waiting = new Map<Script, () => void>();
  outer.onAttempt = (_script, call) => {
    const { token } = call;
    const below = inner.start(
      reports.map((reason) => ({ afterMs: 1, reason })),
      { task: call.handDown() },
    );
    const report = (): void => {
      outer.report(call, token, below.reason === Reason.none ? success(0) : failure(0));
    };
    if (below.outcome === 'pending') waiting.set(below, report);
    else report();
  };
  inner.onSettled = (script) => waiting.get(script)?.();
}

describe('the attempts of a task', () => {
  it('P7: over three layers of retries, are never more than its cap', () => {
    const outcomes = fc.array(fc.constantFrom(Reason.none, Reason.error), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.tuple(settings, settings, settings),
        fc.nat(12),
        fc.array(outcomes, { minLength: 1, maxLength: 5 }),
        (layers, cap, calls) => {
          const top = new ScriptedHost(layers[0]);
          const middle = new ScriptedHost(layers[1], {}, top.clock);
          const bottom = new ScriptedHost(layers[2], {}, top.clock);
          const task = new Task();
          task.attemptsLeft = cap;
          nest(top, middle, [Reason.none]);
          nest(middle, bottom, calls[0]!);
          for (const reports of calls) {
            top.start(
              reports.map((reason) => ({ afterMs: 1, reason })),
              { task },
            );
          }
          top.clock.advance(1000);
          const hosts = [top, middle, bottom];
          const attempts = hosts.flatMap(({ log }) =>
            log.filter((line) => / (attempt|hedge) \d/.test(line)),
          );
          expect(attempts.length).toBeLessThanOrEqual(cap);
          expect(task.attemptsLeft).toBe(cap - attempts.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('P7: are never more than `taskAttempts`, and leave the other calls of the caller alone', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 5 }), acts, (of, cap, script) => {
        const capped = new ScriptedHost({ ...of, taskAttempts: cap });
        const task = new Task();
        task.attemptsLeft = 100;
        const { call } = capped.start(script, { task });
        capped.clock.advance(1000);
        expect(call.attempt).toBeLessThanOrEqual(cap);
        expect(task.attemptsAllowed()).toBe(100 - call.attempt);
      }),
    );
  });
});
