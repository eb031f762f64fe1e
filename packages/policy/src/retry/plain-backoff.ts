import type { BackoffSettings } from '../call/settings.ts';
import type { Analysis } from '../random/analysis.ts';
import type { Random } from '../random/random.ts';

/** No delay is longer, whatever the cap: sums of it and a time stay exact. In milliseconds. */
const longestDelayMs = Number.MAX_SAFE_INTEGER;

/** What no delay goes beyond, in milliseconds. */
export function capOf({ capMs }: BackoffSettings): number {
  return Math.min(capMs, longestDelayMs);
}

/**
 * How long to wait between two attempts, in milliseconds: 0 to `capMs`; by every jitter but
 * `smooth`.
 *
 * @param attempt The number of the attempt that failed: 1 after the first.
 * @param previousDelayMs The delay before that attempt, 0 if it was the first. Only `decorrelated`
 * looks at it.
 */
export function plainDelayMs(
  settings: BackoffSettings,
  attempt: number,
  previousDelayMs: number,
  random: Random,
  analysis: Analysis,
): number {
  const { jitter } = settings;
  const capMs = capOf(settings);
  if (jitter === 'decorrelated') {
    // Brooker starts from the base; a delay that a hint shortened does not bring it below that.
    const baseMs = Math.min(capMs, settings.baseMs);
    const previousMs = Math.max(baseMs, previousDelayMs);
    return Math.min(capMs, baseMs + random.next() * (3 * previousMs - baseMs));
  }
  const delayMs = exponentialMs(settings, capMs, attempt, analysis);
  if (jitter === 'full') return delayMs * random.next();
  if (jitter === 'equal') return delayMs * (0.5 + 0.5 * random.next());
  if (typeof jitter !== 'number') return delayMs;
  return Math.min(capMs, delayMs * (1 - jitter + 2 * jitter * random.next()));
}

/** min(cap, base × factor^(attempt − 1)): the first delay is the base, and none overflows. */
function exponentialMs(
  { baseMs, factor }: BackoffSettings,
  capMs: number,
  attempt: number,
  { pow }: Analysis,
): number {
  // 0 × Infinity would not be a number.
  return baseMs === 0 ? 0 : Math.min(capMs, baseMs * pow(factor, attempt - 1));
}
