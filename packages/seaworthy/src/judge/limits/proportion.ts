import { exp, log } from '@seaworthy/policy/engine';

/** How often something happened, and what that says about how likely it is. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** The probability: middle of the posterior, and between which values it is with 95 %. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** That it happens more often than not. */
  readonly overHalf: number;
}

/** Fine enough for three digits of a quantile. */
const cells = 2000;

/** By Bayes, every probability as likely as any other before: Beta(count + 1, of - count + 1). */
export function proportion(count: number, of: number): Proportion {
  const density = Array.from({ length: cells }, (_, index) => {
    const p = (index + 0.5) / cells;
    return count * log(p) + (of - count) * log(1 - p);
  });
  const highest = Math.max(...density);
  const weights = density.map((each) => exp(each - highest));
  const total = weights.reduce((sum, each) => sum + each, 0);
  const quantile = (share: number): number => {
    let left = share * total;
    for (const [index, weight] of weights.entries()) {
      if (weight >= left) return (index + left / weight) / cells;
      left -= weight;
    }
    return 1;
  };
  const above = weights.slice(cells / 2).reduce((sum, each) => sum + each, 0);
  return {
    count,
    of,
    median: quantile(0.5),
    low: quantile(0.025),
    high: quantile(0.975),
    overHalf: above / total,
  };
}
