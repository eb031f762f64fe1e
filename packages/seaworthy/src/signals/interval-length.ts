/** A run has at most this many intervals, so that its size does not grow with its length. */
const INTERVALS_MAX = 600;

/** Interval lengths that read well: seconds, minutes, hours. */
const INTERVAL_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** How long each interval of a run is. */
export function intervalLengthMs(durationMs: number): number {
  const leastS = durationMs / 1000 / INTERVALS_MAX;
  const step = INTERVAL_STEPS_S.find((seconds) => seconds >= leastS) ?? Math.ceil(leastS);
  return step * 1000;
}
