import type { ThrottleSettings } from '../call/settings.ts';
import { factor, fields, positiveDuration, rate, share } from './reader.ts';
import { reasonsAmong, reasonsOf } from './reasons.ts';

const throttleFields = fields({
  k: [factor(1, 100), 2],
  within: [positiveDuration, undefined, 'withinMs'],
  max: [share(0, 0.99), 0.9, 'shareMax'],
  from: [rate, 5, 'minimumPerSecond'],
  on: [
    reasonsAmong(['overloaded', 'timeout', 'unreachable', 'reset', 'error']),
    reasonsOf(['overloaded']),
  ],
});

/** A window shorter than the timeout would forget an attempt before its answer. */
const TIMEOUTS_PER_WINDOW = 2;
const SHORTEST_WINDOW_MS = 30_000;

export function throttle(value: unknown, timeoutMs: number): ThrottleSettings {
  const withinMs = Math.max(SHORTEST_WINDOW_MS, TIMEOUTS_PER_WINDOW * timeoutMs);
  return { withinMs, ...throttleFields(value === true ? {} : value, 'throttle') };
}
