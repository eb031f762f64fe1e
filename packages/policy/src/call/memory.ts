import { breakerMemory, restoreBreaker } from '../breaker/memory.ts';
import type { BreakerMemory } from '../breaker/memory.ts';
import { budgetMemory, restoreBudget } from '../budget/memory.ts';
import type { BudgetMemory } from '../budget/memory.ts';
import type { CallEngine } from './engine.ts';

/** What the policies of one engine have learned, as far as it can go on in another. */
export interface EngineMemory {
  /** Undefined: there is no breaker. */
  readonly breaker?: BreakerMemory;
  /** Undefined: there is no budget. */
  readonly budget?: BudgetMemory;
  /** Slots that an adaptive limit has found. */
  readonly limit?: number;
}

export function memoryOf({ attempts, ledger, time }: CallEngine): EngineMemory {
  const { breaker, adaptive } = attempts.gate;
  const nowMs = time.read();
  return {
    ...(breaker !== undefined && { breaker: breakerMemory(breaker, nowMs) }),
    ...(ledger !== undefined && { budget: budgetMemory(ledger, nowMs) }),
    ...(adaptive !== undefined && { limit: adaptive.limit }),
  };
}

/** What this engine has no policy for is left out; what the memory lacks stays as it is. */
export function restore({ attempts, ledger, time }: CallEngine, memory: EngineMemory): void {
  const { breaker, adaptive, limit } = attempts.gate;
  const nowMs = time.read();
  if (memory.breaker !== undefined && breaker !== undefined) {
    restoreBreaker(breaker, memory.breaker, nowMs);
  }
  if (memory.budget !== undefined && ledger !== undefined) {
    restoreBudget(ledger, memory.budget, nowMs);
  }
  if (memory.limit !== undefined && adaptive !== undefined) {
    adaptive.goOnFrom(memory.limit);
    limit.concurrency = adaptive.limit;
  }
  attempts.queue.handOver();
}
