import type { ThrottleSettings } from '../call/settings.ts';
import { factor, fields, listOf, positiveDuration, rate, share, word } from './reader.ts';
import { reasonsOf } from './reasons.ts';

const throttleFields = fields({
  k: [factor(1, 100), 2],
  within: [positiveDuration],
  max: [share(0, 0.99), 0.9],
  from: [rate, 5],
  on: [listOf(word(['overloaded', 'timeout', 'unreachable', 'reset', 'error'])), ['overloaded']],
});

/** A window shorter than the timeout would forget an attempt before its answer. */
const TIMEOUTS_PER_WINDOW = 2;
const SHORTEST_WINDOW_MS = 30_000;

export function throttle(value: unknown, timeoutMs: number): ThrottleSettings {
  const read = throttleFields(value === true ? {} : value, 'throttle');
  return {
    k: read.k,
    withinMs: read.within ?? Math.max(SHORTEST_WINDOW_MS, TIMEOUTS_PER_WINDOW * timeoutMs),
    shareMax: read.max,
    minimumPerSecond: read.from,
    on: reasonsOf(read.on),
  };
}
