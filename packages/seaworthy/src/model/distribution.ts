import type { Quantile } from './import/landscape.ts';
import type { Distribution } from './model.ts';

/** The mean, in milliseconds. */
export function meanMs(of: Distribution): number {
  switch (of.kind) {
    case 'constant':
      return of.valueMs;
    case 'exponential':
    case 'erlang':
      return of.meanMs;
    case 'log-normal':
      return of.p50Ms * Math.exp(sigmaOf(of) ** 2 / 2);
    case 'normal':
      return of.meanMs;
    case 'uniform':
      return (of.fromMs + of.toMs) / 2;
    case 'quantiles':
      return meanOfQuantiles(of.points);
    case 'mixture':
      return of.parts.reduce((sum, part) => sum + part.share * meanMs(part.of), 0);
  }
}

function sigmaOf({ p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number }): number {
  return Math.log(p99Ms / p50Ms) / normalQuantile(0.99);
}

export function meanOfQuantiles(points: readonly Quantile[]): number {
  let sum = 0;
  for (const [index, { share, valueMs }] of points.entries()) {
    const before = points[index - 1];
    if (before !== undefined) {
      sum += ((share - before.share) * (valueMs + before.valueMs)) / 2;
    }
  }
  return sum;
}

/** The share of samples above a value, where the points tell; linear between them. */
export function shareAbove(points: readonly Quantile[], valueMs: number): number | undefined {
  const next = points.findIndex((point) => point.valueMs >= valueMs);
  // Beyond the last point nothing is known but that it is less than what is left.
  if (next === -1) return points.at(-1)?.share === 1 ? 0 : undefined;
  const above = points[next]!;
  const below = points[next - 1];
  if (above.valueMs === valueMs || below === undefined) return 1 - above.share;
  const part = (valueMs - below.valueMs) / (above.valueMs - below.valueMs);
  return 1 - (below.share + part * (above.share - below.share));
}

/** Shares and values of a distribution, dense in its tail. Undefined: it has no simple form. */
export function quantilesOf(of: Distribution): readonly Quantile[] | undefined {
  const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999];
  switch (of.kind) {
    case 'constant':
      return [
        { share: 0, valueMs: of.valueMs },
        { share: 1, valueMs: of.valueMs },
      ];
    case 'exponential':
      return shares.map((share) => ({ share, valueMs: -of.meanMs * Math.log(1 - share) }));
    case 'log-normal': {
      const sigma = sigmaOf(of);
      return shares.map((share) => ({
        share,
        valueMs: share === 0 ? 0 : of.p50Ms * Math.exp(sigma * normalQuantile(share)),
      }));
    }
    case 'uniform':
      return [
        { share: 0, valueMs: of.fromMs },
        { share: 1, valueMs: of.toMs },
      ];
    case 'quantiles':
      return of.points;
    case 'erlang':
    case 'normal':
    case 'mixture':
      return undefined;
  }
}

/**
 * Of the standard normal distribution, to 4.5e-4: Abramowitz and Stegun, "Handbook of Mathematical
 * Functions" (1964), formula 26.2.23.
 */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const denominator = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3;
  const z = t - numerator / denominator;
  return share < 0.5 ? -z : z;
}
