import type { Distribution } from '../../model/model.ts';
import type { Histogram } from '../../signals/histogram.ts';

/** Dense where times are dense, and denser towards the slow ones, which decide most. */
const shares = [
  0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8,
  0.85, 0.9, 0.925, 0.95, 0.965, 0.98, 0.99, 0.995, 0.999,
];

/** A point of the table has so many values on either side: one more would not move it far. */
const beyondMin = 3;

/** Measured times as a table of quantiles, as far as there are values to tell them. */
export function timeTable(times: Histogram): Distribution {
  const { min, max, count } = times;
  if (max === min) return { kind: 'constant', valueMs: min };
  const known = shares.filter((share) => Math.min(share, 1 - share) * count >= beyondMin);
  const points = known.map((share) => ({ share, valueMs: times.quantile(share) }));
  return {
    kind: 'quantiles',
    points: [{ share: 0, valueMs: min }, ...points, { share: 1, valueMs: max }],
  };
}

/** The 99th percentile of the standard normal distribution. */
const normalP99 = 2.3263;

/** A microsecond: what is left of differences of larger times is no time at all. */
const nothingMs = 0.001;

/** Of so much of the mean, or less: the log-normal through it would be a constant as well. */
const steady = 0.01;

/**
 * A time of which mean and variance are known, and that it is not below 0: log-normal, for which
 * sigma^2 = ln(1 + variance / mean^2) and mean = p50 * exp(sigma^2 / 2).
 */
export function timeByMoments(meanMs: number, variance: number): Distribution {
  if (meanMs < nothingMs) return { kind: 'constant', valueMs: 0 };
  if (variance <= (steady * meanMs) ** 2) return { kind: 'constant', valueMs: meanMs };
  const sigma = Math.sqrt(Math.log(1 + variance / meanMs ** 2));
  const p50Ms = meanMs * Math.exp(-(sigma ** 2) / 2);
  return { kind: 'log-normal', p50Ms, p99Ms: p50Ms * Math.exp(normalP99 * sigma) };
}

/** Fine enough for a mean, and quick. */
const parts = 1000;

/** Mean and variance of the shortest times, this share of all. */
export function momentsBelow(
  times: Histogram,
  share: number,
): { readonly mean: number; readonly variance: number } {
  let [sum, squares] = [0, 0];
  for (let part = 0; part < parts; part++) {
    const valueMs = times.quantile((share * (part + 0.5)) / parts);
    sum += valueMs;
    squares += valueMs ** 2;
  }
  const mean = sum / parts;
  return { mean, variance: Math.max(0, squares / parts - mean ** 2) };
}
