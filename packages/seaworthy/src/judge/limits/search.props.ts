import { exp, log, stream } from '@seaworthy/policy/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Threshold, ThresholdSearch } from './search.ts';

/** P(collapse), by how many spreads a size is above the threshold. All are one half at 0. */
const shapes = {
  logistic: (u: number) => 1 / (1 + exp(-u)),
  /** Steeper on one side: 1 - 2^-e^u. */
  skewed: (u: number) => 1 - exp(-Math.LN2 * exp(Math.min(u, 5))),
  step: (u: number) => (u < 0 ? 0 : 1),
} as const;

interface Truth {
  readonly shape: keyof typeof shapes;
  readonly threshold: number;
  readonly spread: number;
  readonly seed: number;
}

/** Searches a system whose threshold is known, with dice of its own for every run. */
function search(truth: Truth, precision: number): Threshold {
  const dice = stream(truth.seed, 'system', 'collapse');
  const found = new ThresholdSearch({
    from: 0.5,
    to: 2,
    least: 1 / 64,
    most: 32,
    precision,
    runsMax: 60,
  });
  const collapses = (size: number): boolean =>
    dice.next() < shapes[truth.shape](log(size / truth.threshold) / truth.spread);
  for (let sizes = found.next(); sizes.length > 0; sizes = found.next()) {
    found.add(sizes.map((size) => ({ size, collapsed: collapses(size) })));
  }
  return found.threshold;
}

describe('ThresholdSearch', () => {
  it.each(['logistic', 'skewed', 'step'] as const)(
    'has the truth within its interval about as often as it says: %s',
    (shape) => {
      const runs = 60;
      let inside = 0;
      for (let seed = 0; seed < runs; seed++) {
        const chance = stream(seed, shape, 'truth');
        const threshold = exp((chance.next() - 0.5) * 1.5);
        const spread = exp(log(0.01) + chance.next() * log(30));
        const found = search({ shape, threshold, spread, seed }, 0.03);
        if (found.kind === 'found' && found.low <= threshold && threshold <= found.high) inside++;
      }
      // With 95 % each, fewer than 52 of 60 come once in 130 times; looking after every round costs
      // a little more.
      expect(inside).toBeGreaterThanOrEqual(52);
    },
  );

  it('gives an interval around its threshold, and stops', () => {
    const truths = fc.record({
      shape: fc.constantFrom('logistic', 'skewed', 'step' as const),
      threshold: fc.double({ min: 0.05, max: 20, noNaN: true }),
      spread: fc.double({ min: 0.005, max: 0.5, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(truths, (truth) => {
        const found = search(truth, 0.1);
        expect(found.kind).toBe('found');
        if (found.kind !== 'found') return;
        expect(found.low).toBeLessThan(found.at);
        expect(found.at).toBeLessThan(found.high);
        expect(found.runs).toBeLessThanOrEqual(60 + 5);
        if (found.settled) expect(found.high / found.low).toBeLessThanOrEqual(exp(0.2) + 1e-9);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
