import type { Clock } from '@seaworthy/policy/engine';

import { checkPlan } from './check-plan.ts';
import { endpointOf } from './client/endpoint.ts';
import { Generator } from './generator.ts';
import type { LoadReading } from './measure/reading.ts';
import type { LoadPlan } from './plan.ts';
import { nextTurn, sharedNowMs } from './system.ts';
import { LoadThread } from './threads/load-thread.ts';
import { together } from './measure/merge.ts';

export type { LoadReading } from './measure/reading.ts';

/** A load that is being made. */
export interface LoadRun {
  /** Time 0 of the load, by the clock that it was given. */
  readonly startMs: number;
  /** Everything since the reading before. Not while it stops. */
  read(): Promise<LoadReading>;
  /**
   * Ends it: nothing arrives any more, and what is under way after `graceMs` (default 0) is dropped
   * and counts as `unfinished`. The last reading.
   */
  stop(graceMs?: number): Promise<LoadReading>;
}

export interface LoadOptions {
  readonly clock: Clock;
  /**
   * How many worker threads make it, each a core's worth. 0: this one does, which must then do
   * nothing else that takes long.
   */
  readonly threads: number;
}

/** From the order to begin until all threads must have heard it. */
const beginMs = 20;

/**
 * Makes the load of the plan until it is stopped.
 *
 * @throws LoadPlanError when it cannot be carried out; what the resolver says of a target that it
 * does not know, such as ENOTFOUND
 */
export async function startLoad(plan: LoadPlan, options: LoadOptions): Promise<LoadRun> {
  checkPlan(plan);
  const endpoint = await endpointOf(new URL(plan.target));
  const { clock, threads: count } = options;
  if (count === 0) {
    const startMs = clock.now();
    const part = { index: 0, count: 1 };
    // Others have work to do in this thread.
    const turns = { nextTurn, nap: () => undefined };
    const generator = new Generator(plan, { clock, turns, endpoint, part, startMs });
    const read = (): Promise<LoadReading> => Promise.resolve(generator.read());
    return { startMs, read, stop: (graceMs = 0) => generator.stop(graceMs) };
  }
  const threads = Array.from(
    { length: count },
    (_, index) => new LoadThread({ plan, endpoint, part: { index, count } }),
  );
  await allReady(threads);
  const startMs = clock.now() + beginMs;
  const atSharedMs = sharedNowMs() + beginMs;
  for (const thread of threads) thread.begin(atSharedMs);
  return {
    startMs,
    read: async () => together(await Promise.all(threads.map((thread) => thread.read()))),
    stop: async (graceMs = 0) =>
      together(await Promise.all(threads.map((thread) => thread.stop(graceMs)))),
  };
}

async function allReady(threads: readonly LoadThread[]): Promise<void> {
  try {
    await Promise.all(threads.map((thread) => thread.ready()));
  } catch (error) {
    for (const thread of threads) await thread.terminate();
    throw error;
  }
}
