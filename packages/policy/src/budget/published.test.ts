import { describe, expect, it } from 'vitest';
import type { BudgetSettings } from '../call/settings.ts';
import { log } from '../random/elementary.ts';
import { stream } from '../random/streams.ts';
import { RetryBudget } from './budget.ts';

// The experiment of Brooker, "Fixing retries with token buckets and circuit breakers" (2022;
// mbrooker/simulator_example, retry_sim): 100 clients with their own budget, 10 tasks a second
// each, 20 seconds, a server that fails attempts independently with probability p. Load is attempts
// a task.

const clients = 100;
const tasksPerClientPerMs = 0.01;
const durationMs = 20_000;

interface Outcome {
  readonly tasks: number;
  readonly load: number;
  readonly success: number;
}

function run(settings: BudgetSettings, attemptsMax: number, p: number): Outcome {
  const dice = stream(1, 'published', `p ${p}`);
  let [tasks, attempts, successes] = [0, 0, 0];
  for (let client = 0; client < clients; client++) {
    const budget = new RetryBudget(settings, 0);
    let nowMs = 0;
    while ((nowMs -= log(1 - dice.next()) / tasksPerClientPerMs) < durationMs) {
      tasks += 1;
      budget.taskStarted(nowMs);
      for (let attempt = 1; ; attempt++) {
        attempts += 1;
        if (dice.next() >= p) {
          successes += 1;
          break;
        }
        budget.attemptFailed(nowMs);
        if (attempt === attemptsMax || !budget.tryWithdraw(nowMs)) break;
      }
    }
  }
  return { tasks, load: attempts / tasks, success: successes / tasks };
}

/**
 * Both are single runs of some 20 000 tasks: 3 standard errors of their difference, or 2 %,
 * whichever is wider.
 */
function expectAbout(found: number, published: number, variance: number, tasks: number): void {
  const standardError = Math.sqrt((2 * variance) / tasks);
  expect(Math.abs(found - published)).toBeLessThan(Math.max(0.02 * published, 3 * standardError));
}

function expectPublished(outcome: Outcome, p: number, load: number, success: number): void {
  expect(outcome.tasks).toBeGreaterThan(19_000);
  // A task's attempts vary at most as without a budget: geometrically.
  expectAbout(outcome.load, load, p / (1 - p) ** 2, outcome.tasks);
  expectAbout(outcome.success, success, success * (1 - success), outcome.tasks);
}

describe('the published curves', () => {
  const unlimited: BudgetSettings = { share: 1, floorPerSecond: 1e6, withinMs: 3_600_000 };

  it.each([
    [0.01, 1.011, 1],
    [0.05, 1.054, 1],
    [0.1, 1.11, 0.9999],
    [0.2, 1.253, 0.998],
    [0.3, 1.408, 0.992],
    [0.5, 1.874, 0.938],
  ])('three retries, p = %f: load %f, success %f', (p, load, success) => {
    expectPublished(run(unlimited, 4, p), p, load, success);
  });

  it.each([
    [0.01, 1.01, 1],
    [0.05, 1.051, 1],
    [0.1, 1.098, 0.9875],
    [0.2, 1.117, 0.889],
    [0.3, 1.12, 0.786],
    [0.5, 1.121, 0.564],
  ])('token bucket of 5, p = %f: load %f, success %f', (p, load, success) => {
    const bucket = { share: 0.1, floorPerSecond: 0, withinMs: 10_000, bucketTokens: 5 };
    expectPublished(run(bucket, Infinity, p), p, load, success);
  });

  // Three retries, and none once more than 10 % failed since the start: the window is longer than
  // the run.
  it.each([
    [0.01, 1.01, 0.9998],
    [0.05, 1.043, 0.9935],
    [0.1, 1.036, 0.934],
    [0.2, 1.002, 0.799],
    [0.3, 1, 0.706],
    [0.5, 1, 0.497],
  ])('breaker of retries at 10 %%, p = %f: load %f, success %f', (p, load, success) => {
    expectPublished(run({ ...unlimited, failureShareMax: 0.1 }, 4, p), p, load, success);
  });

  // Over the long run a budget of 10 % adds 10 %, whichever form it has; the window a little less
  // for its buckets.
  it('windowed, everything failing: load near 1.1, never above', () => {
    const { load } = run({ share: 0.1, floorPerSecond: 0, withinMs: 5000 }, Infinity, 1);
    expect(load).toBeLessThanOrEqual(1.1);
    expect(load).toBeGreaterThan(1.08);
  });
});
