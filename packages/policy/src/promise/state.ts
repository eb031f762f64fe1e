import { memoryOf, restore } from '../call/memory.ts';
import type { EngineMemory } from '../call/memory.ts';
import type { CallEngine } from '../call/engine.ts';
import { count, fields, number, OptionError, word } from '../options/reader.ts';

/** What a policy has learned, as plain data: for a file, or for the process that comes after. */
export interface PolicyState extends EngineMemory {
  /** Of this format. */
  readonly version: 1;
}

/** More than any window holds. */
const COUNT_MAX = 10_000_000;
/** As the options have it: 100 years. */
const LONGEST_MS = 3_153_600_000_000;

const calls = count(0, COUNT_MAX);
const milliseconds = number(0, LONGEST_MS);

const breakerFields = fields({
  state: [word(['closed', 'open']), 'closed'],
  openForMs: [milliseconds, 0],
  lastOpenMs: [milliseconds, 0],
  nominalOpenMs: [milliseconds, 0],
  closedForMs: [milliseconds, 0],
  failuresInARow: [calls, 0],
  calls: [calls, 0],
  failed: [calls, 0],
  slow: [calls, 0],
});

const budgetFields = fields({
  tasks: [calls, 0],
  withdrawals: [calls, 0],
  failures: [calls, 0],
  tokens: [number(0, COUNT_MAX), 0],
});

const stateFields = fields({
  version: [(value: unknown): unknown => value],
  breaker: [breakerFields],
  budget: [budgetFields],
  limit: [count(1, COUNT_MAX)],
});

export function exportState(engine: CallEngine): PolicyState {
  return { version: 1, ...memoryOf(engine) };
}

/**
 * @param ageMs How long ago the state was exported, where that is known.
 * @throws OptionError for a state that is none.
 */
export function restoreState(engine: CallEngine, state: unknown, ageMs: number): void {
  const { version, breaker, budget, limit } = stateFields(state, 'state');
  if (version !== 1) throw new OptionError('state.version', version, 'there is only 1');
  if (breaker !== undefined && Math.max(breaker.failed, breaker.slow) > breaker.calls) {
    throw new OptionError('state.breaker', breaker, 'failed and slow are at most calls');
  }
  const elapsedMs = milliseconds(ageMs, 'ageMs');
  restore(engine, {
    ...(breaker && {
      breaker: { ...breaker, openForMs: Math.max(0, breaker.openForMs - elapsedMs) },
    }),
    ...(budget && { budget }),
    ...(limit !== undefined && { limit }),
  });
}
