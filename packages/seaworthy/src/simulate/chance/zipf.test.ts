import { stream } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import { ZipfSampler } from './zipf.ts';

const DRAWS = 200_000;

function countsOf(count: number, exponent: number): number[] {
  const sampler = new ZipfSampler(count, exponent, stream(1, 'zipf', `${count} ${exponent}`));
  const counts = Array.from({ length: count }, () => 0);
  for (let draw = 0; draw < DRAWS; draw++) counts[sampler.next()]!++;
  return counts;
}

describe('a Zipf sampler', () => {
  it.each([0, 0.5, 0.9, 0.9999999, 1, 1.0000001, 1.5, 3])(
    'draws each of 50 keys as often as its rank to the power of -%s says',
    (exponent) => {
      const weights = Array.from({ length: 50 }, (_, rank) => (rank + 1) ** -exponent);
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const counts = countsOf(50, exponent);
      let chiSquare = 0;
      let cells = 0;
      let rest = { seen: 0, expected: 0 };
      counts.forEach((seen, rank) => {
        const expected = (DRAWS * weights[rank]!) / sum;
        rest = { seen: rest.seen + seen, expected: rest.expected + expected };
        // Rare keys are counted together: a cell of less than ten says little.
        if (rest.expected < 10) return;
        chiSquare += (rest.seen - rest.expected) ** 2 / rest.expected;
        cells++;
        rest = { seen: 0, expected: 0 };
      });
      // Six standard deviations of the normal approximation.
      expect(chiSquare).toBeLessThan(cells + 6 * Math.sqrt(2 * cells));
    },
  );

  it('draws the only key there is', () => {
    expect(countsOf(1, 1)).toEqual([DRAWS]);
  });

  it('stays among a thousand million keys', () => {
    const sampler = new ZipfSampler(1e9, 0.7, stream(1, 'zipf', 'many'));
    for (let draw = 0; draw < 10_000; draw++) {
      const key = sampler.next();
      expect(Number.isInteger(key) && key >= 0 && key < 1e9).toBe(true);
    }
  });

  it('draws the same on every engine', () => {
    const sampler = new ZipfSampler(1000, 0.9, stream(1, 'zipf', 'bits'));
    let hash = 0;
    for (let draw = 0; draw < 10_000; draw++) hash = (Math.imul(hash, 31) + sampler.next()) | 0;
    expect(hash).toBe(1590811078);
  });
});
