/** P[X >= least] where X is the number of successes in `trials` trials. */
export function atLeast(least: number, trials: number, probability: number): number {
  if (least <= 0) return 1;
  let term = (1 - probability) ** trials;
  let below = term;
  for (let k = 1; k < least; k++) {
    term *= ((trials - k + 1) / k) * (probability / (1 - probability));
    below += term;
  }
  return Math.max(0, 1 - below);
}
