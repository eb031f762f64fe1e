import type { Clock } from '@seaworthy/policy/engine';

import { Generator } from './generator.ts';
import type { LoadReading } from './measure/reading.ts';
import type { LoadPlan } from './plan.ts';
import { nextTurn } from './system-turns.ts';

export type { LoadReading } from './measure/reading.ts';

/** A load that is being made. */
export interface LoadRun {
  /** Time 0 of the load, by the clock that it was given. */
  readonly startMs: number;
  /** Everything since the reading before. */
  read(): Promise<LoadReading>;
  /**
   * Ends it: nothing arrives any more, and what is under way after `graceMs` (default 0) is dropped
   * and counts as `unfinished`. The last reading.
   */
  stop(graceMs?: number): Promise<LoadReading>;
}

export interface LoadOptions {
  readonly clock: Clock;
}

/** Makes the load of the plan until it is stopped. */
export async function startLoad(plan: LoadPlan, { clock }: LoadOptions): Promise<LoadRun> {
  const startMs = clock.now();
  const generator = new Generator(plan, { clock, nextTurn, startMs });
  return {
    startMs,
    read: async () => generator.read(),
    stop: (graceMs = 0) => generator.stop(graceMs),
  };
}
