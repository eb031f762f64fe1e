import type { BreakerMemory } from '../breaker/memory.ts';
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
  const { breaker, found } = attempts.gate;
  const nowMs = time.read();
  return {
    ...(breaker !== undefined && { breaker: breaker.memory(nowMs) }),
    ...(ledger !== undefined && { budget: ledger.memory(nowMs) }),
    ...(found !== undefined && { limit: found }),
  };
}

/** What this engine has no policy for is left out; what the memory lacks stays as it is. */
export function restore({ attempts, ledger, time }: CallEngine, memory: EngineMemory): void {
  const { gate, queue } = attempts;
  const nowMs = time.read();
  if (memory.breaker !== undefined) gate.breaker?.restore(memory.breaker, nowMs);
  if (memory.budget !== undefined) ledger?.restore(memory.budget, nowMs);
  if (memory.limit !== undefined) gate.goOnFrom(memory.limit);
  queue.handOver();
}
