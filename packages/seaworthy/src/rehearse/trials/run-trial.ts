import type { LoadPlan } from '../load/plan.ts';
import { begin, type Doing } from './deeds.ts';
import type { PlannedTrial } from './planned.ts';
import type { Trial, TrialRun } from './trial.ts';
import { isWell, type Usual } from './usual.ts';
import { Watch, type WatchParts, windowLengthMs } from './watch.ts';

export interface RunSettings {
  /** The load before, during and after. */
  readonly plan: LoadPlan;
  readonly ratePerSecond: number;
  readonly usual: Usual;
  /** How long the trial does what it does. */
  readonly forMs: number;
  /** How long its end is watched, when the target does not come back sooner. */
  readonly recoverMs: number;
}

/** Runs one trial: before, during, after. Whatever comes of it, what it did is undone. */
export async function runTrial(
  planned: PlannedTrial,
  parts: WatchParts,
  settings: RunSettings,
): Promise<TrialRun> {
  const { name, aim, on, what } = planned;
  const trial: Trial = { name, aim, on, what };
  if ('because' in planned) return { ...trial, status: 'not run', because: planned.because };
  const { plan, ratePerSecond, usual, forMs, recoverMs } = settings;
  const watch = await Watch.start(parts, plan, windowLengthMs(ratePerSecond));
  let doing: Doing | undefined;
  try {
    const before = await watch.untilWell(usual, recoverMs);
    const last = before.at(-1);
    if (last === undefined || !isWell(last.tasks, usual)) {
      return { ...trial, status: 'not run', because: 'the target was not as usual before it' };
    }
    const beganMs = watch.nowMs;
    doing = await begin(planned.deed, watch, parts);
    const during = await (doing.over === undefined
      ? watch.lasting(forMs)
      : watch.until(doing.over));
    const ending = doing;
    doing = undefined;
    const touched = await ending.end(during);
    const overMs = watch.nowMs;
    const after = await watch.untilWell(usual, recoverMs);
    const crashed = parts.subject.processes.map((it) => it.crash()).find((it) => it !== undefined);
    return {
      ...trial,
      status: 'ran',
      before,
      during,
      after,
      beganMs,
      overMs,
      touched,
      touchedLeast: planned.touchedLeast,
      unit: planned.unit,
      crashed,
    };
  } finally {
    await doing?.end([]);
    await watch.stop();
  }
}
