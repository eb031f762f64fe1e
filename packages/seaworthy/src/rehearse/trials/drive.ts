import { startLoad } from '../load/load.ts';
import type { StepReading } from '../knee/step.ts';
import { sleep } from '../stage/ready.ts';
import { steadyPlan } from './plan.ts';
import { inTurn } from '../load/measure/merge.ts';
import { failedCount } from './tasks.ts';
import { isGeneratorLate } from './validity.ts';
import type { WatchParts } from './watch.ts';

/** The end of a step, over which what is under way is averaged. */
const endShare = 0.2;

/** One step of steady load on the target, and then as long as it takes to work off the rest. */
export async function drive(
  parts: WatchParts,
  settings: { readonly seed: number; readonly deadlineMs: number },
  ratePerSecond: number,
  forMs: number,
): Promise<StepReading> {
  const { clock, subject, signal } = parts;
  const plan = { ...steadyPlan(subject, settings, 'steps', ratePerSecond), durationMs: forMs };
  const load = await startLoad(plan, parts);
  await sleep(clock, forMs * (1 - endShare), signal);
  const most = await load.read();
  await sleep(clock, forMs * endShare, signal);
  const end = await load.read();
  const rest = await load.stop(settings.deadlineMs);
  const tasks = inTurn([most, end, rest]);
  return {
    ratePerSecond,
    forMs,
    offered: tasks.offered,
    failed: failedCount(tasks) + rest.unfinished,
    meanMs: tasks.latency.mean,
    inFlightAtEnd: end.inFlightMean + end.waiting,
    generatorLate: isGeneratorLate(tasks),
  };
}
