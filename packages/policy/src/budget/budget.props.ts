import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetSettings } from '../call/settings.ts';
import { RetryBudget } from './budget.ts';

/** Sums of decimal shares are not exact. */
const tolerance = 1e-6;

/** Whole milliseconds, in bursts, often on the edges of the window and its buckets. */
const gapMs = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(30) },
  { weight: 2, arbitrary: fc.constantFrom(9, 10, 11, 50, 99, 100, 101, 110) },
  { weight: 1, arbitrary: fc.nat(2000) },
);
const step = fc.record({
  gapMs,
  what: fc.constantFrom('task', 'task', 'failure', 'withdrawal', 'withdrawal'),
  times: fc.integer({ min: 1, max: 30 }),
});
const trace = fc.record({ startMs: fc.nat(1e6), steps: fc.array(step, { maxLength: 120 }) });
const share = fc.oneof(
  fc.constantFrom(0, 0.1, 0.2, 0.29, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const settings = fc.record({
  share,
  floorPerSecond: fc.oneof(fc.constant(0), fc.constantFrom(1, 10, 100)),
  withinMs: fc.constantFrom(100, 30, 1000),
});

interface Moments {
  readonly tasks: number[];
  readonly withdrawals: number[];
}

type Trace = typeof trace extends fc.Arbitrary<infer T> ? T : never;

/** Plays the trace, and tells of each withdrawal that was allowed. */
function play(
  budget: RetryBudget,
  { startMs, steps }: Trace,
  allowed: (nowMs: number, moments: Moments) => void,
): void {
  const moments: Moments = { tasks: [], withdrawals: [] };
  let nowMs = startMs;
  for (const { gapMs: passedMs, what, times } of steps) {
    nowMs += passedMs;
    for (let time = 0; time < times; time++) {
      if (what === 'task') {
        budget.taskStarted(nowMs);
        moments.tasks.push(nowMs);
      } else if (what === 'failure') budget.attemptFailed(nowMs);
      else if (budget.tryWithdraw(nowMs)) {
        moments.withdrawals.push(nowMs);
        allowed(nowMs, moments);
      }
    }
  }
}

function countAfter(moments: readonly number[], sinceMs: number): number {
  return moments.filter((atMs) => atMs > sinceMs).length;
}

describe('the windowed budget (P6)', () => {
  it('is never over, in any window that ends with a withdrawal', () => {
    fc.assert(
      fc.property(settings, trace, (bounds, events) => {
        const floor = (bounds.floorPerSecond * bounds.withinMs) / 1000;
        play(new RetryBudget(bounds, events.startMs), events, (nowMs, { tasks, withdrawals }) => {
          const sinceMs = nowMs - bounds.withinMs;
          const allowed = bounds.share * countAfter(tasks, sinceMs) + floor;
          expect(countAfter(withdrawals, sinceMs)).toBeLessThanOrEqual(allowed + tolerance);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('is never over, in any prefix', () => {
    fc.assert(
      fc.property(settings, trace, (bounds, events) => {
        const floorPerMs = bounds.floorPerSecond / 1000;
        play(new RetryBudget(bounds, events.startMs), events, (nowMs, { tasks, withdrawals }) => {
          const elapsedMs = nowMs - events.startMs + bounds.withinMs;
          const allowed = bounds.share * tasks.length + floorPerMs * elapsedMs;
          expect(withdrawals.length).toBeLessThanOrEqual(allowed + tolerance);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('is at most two buckets too strict', () => {
    fc.assert(
      fc.property(settings, trace, (bounds, events) => {
        const budget = new RetryBudget(bounds, events.startMs);
        const seen: Moments = { tasks: [], withdrawals: [] };
        const floor = (bounds.floorPerSecond * bounds.withinMs) / 1000;
        let nowMs = events.startMs;
        for (const { gapMs: passedMs, what } of events.steps) {
          nowMs += passedMs;
          if (what === 'task') {
            budget.taskStarted(nowMs);
            seen.tasks.push(nowMs);
          } else if (budget.tryWithdraw(nowMs)) seen.withdrawals.push(nowMs);
          else {
            const recentTasks = countAfter(seen.tasks, nowMs - 0.9 * bounds.withinMs);
            const withdrawals = countAfter(seen.withdrawals, nowMs - 1.1 * bounds.withinMs - 1e-6);
            expect(withdrawals + 1).toBeGreaterThan(bounds.share * recentTasks + floor - tolerance);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is one budget for all that share it, however their calls interleave', () => {
    const clients = fc.array(trace, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(settings, clients, (bounds, traces) => {
        const events = traces
          .flatMap(({ startMs, steps }) => {
            let nowMs = startMs % 500;
            return steps.map((one) => ({ ...one, atMs: (nowMs += one.gapMs) }));
          })
          .toSorted((one, other) => one.atMs - other.atMs);
        let previousMs = 0;
        const steps = events.map(({ atMs, what, times }) => {
          const passedMs = atMs - previousMs;
          previousMs = atMs;
          return { gapMs: passedMs, what, times };
        });
        const floor = (bounds.floorPerSecond * bounds.withinMs) / 1000;
        const shared = new RetryBudget(bounds, 0);
        play(shared, { startMs: 0, steps }, (nowMs, { tasks, withdrawals }) => {
          const sinceMs = nowMs - bounds.withinMs;
          const allowed = bounds.share * countAfter(tasks, sinceMs) + floor;
          expect(countAfter(withdrawals, sinceMs)).toBeLessThanOrEqual(allowed + tolerance);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the budget in a bucket (P6)', () => {
  it('is never over, in any prefix', () => {
    const bucketTokens = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(settings, bucketTokens, trace, (bounds, size, events) => {
        const budget = new RetryBudget({ ...bounds, bucketTokens: size }, events.startMs);
        play(budget, events, (nowMs, { tasks, withdrawals }) => {
          const filled = bounds.share * tasks.length;
          const floor = (bounds.floorPerSecond / 1000) * (nowMs - events.startMs);
          expect(withdrawals.length).toBeLessThan(size + filled + floor + tolerance);
        });
      }),
      { numRuns: 400 },
    );
  });
});

describe('every budget', () => {
  it('allows exactly as many withdrawals as it says are left', () => {
    const either: fc.Arbitrary<BudgetSettings> = fc.oneof(
      settings,
      settings.map((one) => ({ ...one, bucketTokens: 7 })),
      settings.map((one) => ({ ...one, failureShareMax: 0.3 })),
    );
    fc.assert(
      fc.property(either, trace, gapMs, (bounds, events, passedMs) => {
        const budget = new RetryBudget(bounds, events.startMs);
        let nowMs = events.startMs + passedMs;
        play(budget, events, () => {});
        for (const one of events.steps) nowMs += one.gapMs;
        const left = budget.left(nowMs);
        for (let one = 0; one < left; one++) expect(budget.tryWithdraw(nowMs)).toBe(true);
        expect(budget.tryWithdraw(nowMs)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
