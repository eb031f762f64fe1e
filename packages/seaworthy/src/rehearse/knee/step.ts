/** What was seen of a system under a steady load. */
export interface StepReading {
  readonly ratePerSecond: number;
  readonly forMs: number;
  /** Tasks that were due, and those of them that failed or were answered too late. */
  readonly offered: number;
  readonly failed: number;
  /** Mean latency of the tasks that succeeded, from their intended start; NaN: none did. */
  readonly meanMs: number;
  /** Tasks that were under way, the mean of the last fifth of the step. */
  readonly inFlightAtEnd: number;
  /** The generator did not send in time, so that nothing is known of the system. */
  readonly generatorLate: boolean;
}

/** More failures than this are a system that does not carry its load. */
const failedShareMost = 0.01;

/**
 * What is under way grows with the load even where nothing waits: by Little's law as many as arrive
 * during one latency. So much more than that is waiting.
 */
const slack = 1.1;

/**
 * Half of the steps at capacity are to be overloaded: the median of |N(0, 1)| is 0.67, times a
 * root between 1 (only arrivals, or only service times, are random) and 1.4 (both are).
 */
const byChance = 0.8;

/** A pause of a garbage collector, or of a busy machine, is no overload. */
const hiccupMs = 10;

/**
 * Whether more arrives than is worked off: tasks fail, or more and more are under way. Of a queue
 * at its capacity the length after n arrivals is of the order of the root of n, by chance alone
 * (the central limit theorem).
 *
 * @param calmMs mean latency where nothing waits
 */
export function isOverloaded(step: StepReading, calmMs: number): boolean {
  const { offered, failed, ratePerSecond, inFlightAtEnd } = step;
  const failedByChance = 2 * Math.sqrt(offered * failedShareMost);
  if (failed > offered * failedShareMost + failedByChance) return true;
  const perMs = ratePerSecond / 1000;
  return inFlightAtEnd > perMs * (slack * calmMs + hiccupMs) + byChance * Math.sqrt(offered);
}

/** Latency that has grown so much says that the knee is near. */
const strainedFactor = 2;

/** Whether the next step should be a small one. */
export function isStrained(step: StepReading, calmMs: number): boolean {
  return !(step.meanMs <= strainedFactor * calmMs + 1);
}
