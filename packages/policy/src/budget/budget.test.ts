import { describe, expect, it } from 'vitest';
import type { BudgetSettings } from '../call/settings.ts';
import { RetryBudget } from './budget.ts';

const windowed: BudgetSettings = { share: 0.1, floorPerSecond: 0, withinMs: 10_000 };

function withdrawAll(budget: RetryBudget, nowMs: number): number {
  let count = 0;
  while (count < 10_000 && budget.tryWithdraw(nowMs)) count += 1;
  return count;
}

function tasksStarted(budget: RetryBudget, count: number, nowMs: number): void {
  for (let task = 0; task < count; task++) budget.taskStarted(nowMs);
}

describe('the windowed budget', () => {
  it('allows its share of the tasks, and says how much is left', () => {
    const budget = new RetryBudget(windowed, 0);
    expect(withdrawAll(budget, 0)).toBe(0);
    tasksStarted(budget, 100, 0);
    expect(budget.left(0)).toBe(10);
    expect(withdrawAll(budget, 0)).toBe(10);
    expect(budget.left(0)).toBe(0);
  });

  it('allows the floor without any traffic', () => {
    const budget = new RetryBudget({ ...windowed, floorPerSecond: 1 }, 0);
    expect(withdrawAll(budget, 5000)).toBe(10);
    expect(withdrawAll(budget, 15_000)).toBe(0);
    expect(withdrawAll(budget, 16_000)).toBe(10);
  });

  it('forgets tasks after the window, and keeps withdrawals for a bucket more', () => {
    const budget = new RetryBudget(windowed, 0);
    tasksStarted(budget, 100, 0);
    expect(withdrawAll(budget, 500)).toBe(10);
    expect(budget.left(9999)).toBe(0);
    tasksStarted(budget, 100, 10_000);
    expect(budget.left(10_000)).toBe(0);
    expect(budget.left(11_000)).toBe(10);
    expect(budget.left(20_000)).toBe(0);
  });

  it('knows nothing of the old after an idle time, however long', () => {
    const budget = new RetryBudget(windowed, 0);
    tasksStarted(budget, 1000, 0);
    expect(withdrawAll(budget, 0)).toBe(100);
    tasksStarted(budget, 10, 86_400_000);
    expect(budget.left(86_400_000)).toBe(1);
  });

  it('takes decimal shares at their word', () => {
    const budget = new RetryBudget({ ...windowed, share: 0.29 }, 0);
    tasksStarted(budget, 100, 0);
    expect(withdrawAll(budget, 0)).toBe(29);
  });

  // Envoy counts only retries that run: a thousand that sleep in a back-off pass a budget of 20 %
  // (envoy#30205).
  it('charges when it is decided: of 1000 that fail together 200 may retry, however long they sleep first', () => {
    const budget = new RetryBudget({ ...windowed, share: 0.2 }, 0);
    tasksStarted(budget, 1000, 0);
    let decided = 0;
    for (let task = 0; task < 1000; task++) {
      budget.attemptFailed(100);
      // Nothing is reported when the retry runs, some seconds from here: there is nothing left to
      // report.
      if (budget.tryWithdraw(100)) decided += 1;
    }
    expect(decided).toBe(200);
    expect(withdrawAll(budget, 8000)).toBe(0);
  });

  // A budget on what runs at the moment shrinks exactly as requests fail (envoy-mobile#811).
  it('does not shrink as tasks fail fast', () => {
    const budget = new RetryBudget(windowed, 0);
    tasksStarted(budget, 100, 0);
    for (let task = 0; task < 100; task++) budget.attemptFailed(1);
    expect(budget.left(1)).toBe(10);
  });

  it('shared by many, they have one budget together', () => {
    const shared = new RetryBudget(windowed, 0);
    let decided = 0;
    for (let client = 0; client < 100; client++) tasksStarted(shared, 10, 0);
    for (let client = 0; client < 100; client++) decided += withdrawAll(shared, client);
    expect(decided).toBe(100);
  });
});

describe('the budget in a bucket', () => {
  const bucket: BudgetSettings = {
    share: 0.1,
    floorPerSecond: 0,
    withinMs: 10_000,
    bucketTokens: 5,
  };

  it('starts full, and keeps the last token, as published', () => {
    const budget = new RetryBudget(bucket, 0);
    expect(budget.left(0)).toBe(4);
    expect(withdrawAll(budget, 0)).toBe(4);
  });

  it('fills by its share a task, to its size, and never forgets', () => {
    const budget = new RetryBudget(bucket, 0);
    withdrawAll(budget, 0);
    tasksStarted(budget, 10, 0);
    expect(budget.left(86_400_000)).toBe(1);
    tasksStarted(budget, 1000, 0);
    expect(withdrawAll(budget, 0)).toBe(4);
  });

  it('fills by the floor too, where there is one', () => {
    const budget = new RetryBudget({ ...bucket, floorPerSecond: 1 }, 1000);
    withdrawAll(budget, 1000);
    expect(budget.left(3500)).toBe(3);
    expect(budget.left(60_000)).toBe(4);
  });
});

describe('the bound on failures', () => {
  it('stops extra work while more than this share of tasks failed, and not after', () => {
    const budget = new RetryBudget({ ...windowed, share: 1, failureShareMax: 0.1 }, 0);
    tasksStarted(budget, 10, 0);
    budget.attemptFailed(0);
    expect(budget.left(0)).toBe(10);
    budget.attemptFailed(0);
    expect(budget.left(0)).toBe(0);
    expect(budget.tryWithdraw(0)).toBe(false);
    tasksStarted(budget, 10, 5000);
    expect(budget.left(5000)).toBe(20);
    expect(budget.left(10_000)).toBe(10);
  });
});
