import type { Backoff, PolicyLayer } from '../../model/import/landscape.ts';

/** What clients double by when they say nothing (as all that are known here do). */
const usualFactor = 2;

/** The longest delay before attempt n + 1: min(cap, base × factor^(n − 1)), jitter left out. */
function delayMs(backoff: Backoff | undefined, n: number): number {
  if (backoff === undefined) return 0;
  const factor = backoff.factor?.value ?? usualFactor;
  return Math.min(backoff.capMs?.value ?? Infinity, backoff.baseMs.value * factor ** (n - 1));
}

/** All delays of a call that uses up its attempts. Without end: Infinity. */
export function delaysMs({ backoff, attempts }: PolicyLayer): number {
  const tries = attempts?.value ?? 1;
  if (tries === Infinity) return Infinity;
  let sum = 0;
  for (let n = 1; n < tries && sum < Infinity; n += 1) sum += delayMs(backoff, n);
  return sum;
}
