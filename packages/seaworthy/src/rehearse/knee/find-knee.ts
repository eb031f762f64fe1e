import {
  type Knee,
  KneeSearch,
  type KneeSettings,
  type KneeStep,
  type StepOutcome,
} from './search.ts';
import { isOverloaded, isStrained, type StepReading } from './step.ts';

/** So many tasks tell overload from chance: its noise is of the order of their root, 5 %. */
const tasksOfStep = 400;
/** Of the climb, which goes on from a mistake: 10 %. */
const tasksOfClimb = 100;

/** A queue needs many times its latency to show that it grows. */
const latenciesOfStep = 20;

const stepLeastMs = 1000;
const stepMostMs = 4000;

/** How long one step of the search lasts. */
function stepLengthMs(ratePerSecond: number, calmMs: number, climbs: boolean): number {
  const tasks = climbs ? tasksOfClimb : tasksOfStep;
  const wanted = Math.max((tasks / ratePerSecond) * 1000, latenciesOfStep * calmMs);
  return Math.min(stepMostMs, Math.max(stepLeastMs, wanted));
}

/** Makes a steady load for so long, and leaves the system without work. */
export type Drive = (ratePerSecond: number, forMs: number) => Promise<StepReading>;

export interface FoundKnee {
  readonly knee: Knee;
  /** In the order in which they were taken. */
  readonly steps: readonly KneeStep[];
}

/**
 * Finds the knee of a running system.
 *
 * @param calmMs mean latency where nothing waits
 * @param tell told of each step when it is over, and says whether to go on
 */
export async function findKnee(
  drive: Drive,
  settings: KneeSettings,
  calmMs: number,
  tell: (step: KneeStep) => boolean,
): Promise<FoundKnee> {
  const search = new KneeSearch(settings);
  for (let rate = search.next(); rate !== undefined; rate = search.next()) {
    const reading = await drive(rate, stepLengthMs(rate, calmMs, search.climbs));
    const step = { ratePerSecond: rate, outcome: outcomeOf(reading, calmMs) };
    search.add(step);
    if (!tell(step)) break;
  }
  return { knee: search.knee, steps: search.steps };
}

/**
 * What a step has shown. A late generator sends in bursts, which are harder to carry: what holds
 * then holds, and only of what is overloaded nobody knows whose fault it is.
 */
function outcomeOf(step: StepReading, calmMs: number): StepOutcome {
  if (isOverloaded(step, calmMs)) return step.generatorLate ? 'generator late' : 'overloaded';
  return isStrained(step, calmMs) ? 'strained' : 'held';
}
