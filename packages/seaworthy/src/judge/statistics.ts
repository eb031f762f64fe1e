/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  if (upper === undefined) return Number.NaN;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[half - 1] ?? upper) + upper) / 2;
}

/** The standard error of the mean of independent values: s / sqrt(n). NaN of fewer than two. */
export function standardError(values: readonly number[]): number {
  const count = values.length;
  if (count < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (count - 1) / count);
}

/**
 * As many of `trials` as chance alone explains when each happens with `probability`: the mean,
 * three standard deviations of the binomial, and two more, because for small means the binomial
 * leans to the right (with a mean of 0.3, more than this happens in 3 of 10 000 windows; with a
 * mean of 3, in 3 of 10 000 too).
 */
export function mostByChance(trials: number, probability: number): number {
  const expected = trials * probability;
  return expected + 3 * Math.sqrt(expected * (1 - probability)) + 2;
}

/**
 * By so much chance alone takes the mean of `count` independent values off the true one: three
 * standard errors, as {@link mostByChance} takes three standard deviations (NIST/SEMATECH
 * e-Handbook of Statistical Methods, 7.2.2.1). Of times, which have a long tail to the right, means
 * that are too large are called so less often still: their t statistic has its long tail to the
 * left (Cressie 1980, "Relaxing assumptions in the one sample t-test").
 */
export function offByChance(variance: number, count: number): number {
  return 3 * Math.sqrt(variance / count);
}

/** The median of what is known; 0 where nothing is. */
export function middle(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length > 0 ? median(known) : 0;
}
