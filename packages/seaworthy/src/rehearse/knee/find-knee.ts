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

/** A queue needs many times its latency to show that it grows. */
const latenciesOfStep = 20;

const stepLeastMs = 1000;
const stepMostMs = 4000;

/** How long one step of the search lasts. */
export function stepLengthMs(ratePerSecond: number, calmMs: number): number {
  const wanted = Math.max((tasksOfStep / ratePerSecond) * 1000, latenciesOfStep * calmMs);
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
 * @param tell told of each step when it is over
 */
export async function findKnee(
  drive: Drive,
  settings: KneeSettings,
  calmMs: number,
  tell: (step: KneeStep) => void,
): Promise<FoundKnee> {
  const search = new KneeSearch(settings);
  for (let rate = search.next(); rate !== undefined; rate = search.next()) {
    const reading = await drive(rate, stepLengthMs(rate, calmMs));
    const step = { ratePerSecond: rate, outcome: outcomeOf(reading, calmMs) };
    search.add(step);
    tell(step);
  }
  return { knee: search.knee, steps: search.steps };
}

/** What a step has shown. */
function outcomeOf(step: StepReading, calmMs: number): StepOutcome {
  if (step.generatorLate) return 'generator late';
  if (isOverloaded(step, calmMs)) return 'overloaded';
  return isStrained(step, calmMs) ? 'strained' : 'held';
}
