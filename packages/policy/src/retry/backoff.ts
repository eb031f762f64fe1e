import type { BackoffSettings } from '../call/settings.ts';
import type { Analysis } from '../random/analysis.ts';
import type { Random } from '../random/random.ts';
import { capOf, plainDelayMs } from './plain-backoff.ts';

/**
 * Polly divides by this, so that the median of the first delay is about the base (`RetryHelper`).
 */
const smoothScale = 1.4;
/** From this step on the growth alone, 2^step, is beyond any cap; no power of it overflows. */
const smoothStepMax = 1000;

/**
 * How long to wait between two attempts, in milliseconds: 0 to `capMs`.
 *
 * @param attempt The number of the attempt that failed: 1 after the first.
 * @param previousDelayMs The delay before that attempt, 0 if it was the first. Only `decorrelated`
 * looks at it.
 * @param waitedMs The sum of all delays of this call so far, 0 after the first attempt. Only
 * `smooth` looks at it.
 */
export function backoffDelayMs(
  settings: BackoffSettings,
  attempt: number,
  previousDelayMs: number,
  random: Random,
  waitedMs: number,
  analysis: Analysis,
): number {
  if (settings.jitter === 'smooth') {
    return smoothDelayMs(settings, attempt, waitedMs, random, analysis);
  }
  return plainDelayMs(settings, attempt, previousDelayMs, random, analysis);
}

/**
 * The formula of Polly's `RetryHelper` (after G. Polevoy): attempt n comes at base / 1.4 × f(n − 1
 * + U(0, 1)) from the first failure, with f(t) = 2^t tanh(√(4t)), so that over many callers no
 * instant is preferred. The delay is from the attempt before, which came at `waitedMs`. Where that
 * is not between f(n − 2) and f(n − 1), because the cap or a hint moved it, the nearest of the two
 * is taken. The growth is 2: `factor` does not count.
 */
function smoothDelayMs(
  settings: BackoffSettings,
  attempt: number,
  waitedMs: number,
  random: Random,
  analysis: Analysis,
): number {
  const capMs = capOf(settings);
  const step = attempt - 1;
  const unitMs = settings.baseMs / smoothScale;
  const next = smoothGrowth(step + random.next(), analysis);
  if (unitMs === 0) return 0;
  if (step > smoothStepMax) return capMs;
  const earliest = smoothGrowth(step - 1, analysis);
  const latest = smoothGrowth(step, analysis);
  const previous = Math.max(earliest, Math.min(latest, waitedMs / unitMs));
  return Math.min(capMs, (next - previous) * unitMs);
}

function smoothGrowth(t: number, { pow, tanh }: Analysis): number {
  return t <= 0 ? 0 : pow(2, t) * tanh(Math.sqrt(4 * t));
}
