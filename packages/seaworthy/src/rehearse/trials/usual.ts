import type { LoadReading } from '../load/load.ts';
import { failedCount } from './tasks.ts';

/** How tasks fare where nothing is wrong. */
export interface Usual {
  /** Of those that ended, 0..1. */
  readonly successShare: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
}

/** Latency is as usual up to twice of what nine of ten take, and a hiccup of the machine. */
const slowerFactor = 2;
const hiccupMs = 10;

/** One of twenty may fail for other reasons. */
const failingMore = 0.05;

/** How tasks fared during some time. */
export function usualOf(tasks: LoadReading): Usual {
  const { latency, succeeded } = tasks;
  return {
    successShare: succeeded / (succeeded + failedCount(tasks)),
    p50Ms: latency.quantile(0.5),
    p90Ms: latency.quantile(0.9),
  };
}

/** Whether tasks fare as usual: most end, with success, and as fast. */
export function isWell(tasks: LoadReading, usual: Usual): boolean {
  const ended = tasks.succeeded + failedCount(tasks);
  if (ended < tasks.offered / 2) return false;
  if (!succeedsAsUsual(tasks, usual)) return false;
  if (tasks.succeeded === 0) return ended === 0;
  return tasks.latency.quantile(0.5) <= slowerFactor * usual.p90Ms + hiccupMs;
}

/** Whether as many tasks succeed as usual, of those that have ended, however long it took them. */
export function succeedsAsUsual(tasks: LoadReading, usual: Usual): boolean {
  const failed = failedCount(tasks);
  const ended = tasks.succeeded + failed;
  return failed <= 1 + ended * (1 - usual.successShare + failingMore);
}
