import { systemClock } from '@seaworthy/policy/engine';

import { pause } from '../../proxy/testing/rig.ts';
import { type LoadReading, startLoad } from '../load.ts';
import { inTurn } from '../measure/merge.ts';
import type { LoadPlan } from '../plan.ts';

function outcomesOf({ succeeded, failed, late }: LoadReading): number {
  const counts = [...Object.values(failed), ...Object.values(late)];
  return counts.reduce((sum, count) => sum + count, succeeded);
}

/** Makes a load in this thread until so many arrivals have their outcome. */
export async function playUntil(plan: LoadPlan, outcomes: number): Promise<LoadReading> {
  const run = await startLoad(plan, { clock: systemClock, threads: 0 });
  let all = await run.read();
  while (outcomesOf(all) < outcomes) {
    await pause(2);
    all = inTurn([all, await run.read()]);
  }
  return inTurn([all, await run.stop()]);
}
