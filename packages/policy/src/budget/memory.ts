import { restoreRing } from '../time/restore-ring.ts';
import { failures, tasks, withdrawals } from './budget.ts';
import type { RetryBudget } from './budget.ts';

/** What a budget remembers. */
export interface BudgetMemory {
  /** First attempts of the window. */
  readonly tasks: number;
  /** Pieces of extra work that were charged in the window. */
  readonly withdrawals: number;
  /** Attempts of the window that failed. */
  readonly failures: number;
  /** Left in the token bucket; 0 without one. */
  readonly tokens: number;
}

/** What it would have to be told to go on elsewhere. */
export function budgetMemory(budget: RetryBudget, nowMs: number): BudgetMemory {
  budget.ring.advance(nowMs);
  return {
    tasks: budget.recent(tasks),
    withdrawals: budget.ring.total(withdrawals),
    failures: budget.recent(failures),
    tokens: budget.bucketTokens === undefined ? 0 : budget.tokens,
  };
}

/** Goes on where that one was, as if all of it had happened now: exact again after a window. */
export function restoreBudget(budget: RetryBudget, memory: BudgetMemory, nowMs: number): void {
  restoreRing(budget.ring, [memory.tasks, memory.withdrawals, memory.failures], nowMs);
  budget.tokens = Math.min(memory.tokens, budget.bucketTokens ?? 0);
  budget.filledMs = nowMs;
}
