import type { BudgetSettings } from '../call/settings.ts';
import { restoreRing } from '../time/restore-ring.ts';
import { RetryBudget } from './budget.ts';
import { budgetMemory } from './memory.ts';

/** What was counted stays; a bucket keeps its tokens, as far as they fit. */
export function reconfigureBudget(
  budget: RetryBudget,
  settings: BudgetSettings,
  nowMs: number,
): void {
  // What has come in until now came in by the old settings.
  budget.left(nowMs);
  const memory = budgetMemory(budget, nowMs);
  const next = new RetryBudget(settings, nowMs);
  budget.share = next.share;
  budget.floor = next.floor;
  budget.floorPerMs = next.floorPerMs;
  budget.failureShareMax = next.failureShareMax;
  const had = budget.bucketTokens !== undefined;
  budget.bucketTokens = next.bucketTokens;
  if (next.ring.bucketMs !== budget.ring.bucketMs) {
    budget.ring = next.ring;
    restoreRing(budget.ring, [memory.tasks, memory.withdrawals, memory.failures], nowMs);
  }
  budget.tokens = Math.min(had ? budget.tokens : 0, budget.bucketTokens ?? 0);
  budget.filledMs = nowMs;
}
