import type { LoadReading } from '../load/load.ts';
import { unsentCount } from './tasks.ts';

/** A task that is sent later than this is one of a burst that nobody planned. */
const lateMs = 10;

/**
 * So few make no difference to what is judged: shares of all tasks, and the times that half of them
 * take.
 */
const lateShareMost = 0.05;

/** Whether the generator, and not the target, was what could not keep up. */
export function isGeneratorLate(reading: LoadReading): boolean {
  const { offered, lateness } = reading;
  const most = lateShareMost * offered;
  // Of few tasks some more may be late by chance.
  return unsentCount(reading) + lateness.countAbove(lateMs) > most + 2 * Math.sqrt(most);
}
