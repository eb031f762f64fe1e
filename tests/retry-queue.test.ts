import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RetryQueue } from './retry-queue/chain.ts';
import { solve, stationary, timeoutProbabilities } from './retry-queue/chain.ts';

/** The example of its authors, at the loads of fidelity/retry-queue.yaml. */
const example: RetryQueue = {
  lambda: 5,
  mu: 10,
  timeout: 3,
  retries: 4,
  places: 100,
  orbit: 20,
  alpha: 0.25,
};

/** L and the probability of a full system of M/M/1/K, where K + 1 is the number of places. */
function lossSystem(rho: number, places: number): { inSystem: number; full: number } {
  let sum = 0;
  let first = 0;
  for (let n = 0; n < places; n++) {
    sum += rho ** n;
    first += n * rho ** n;
  }
  return { inSystem: first / sum, full: rho ** (places - 1) / sum };
}

describe('the chain of the retry queue', () => {
  it('knows the tail of the Erlang distribution', () => {
    const tail = timeoutProbabilities(10, 0.1, 3);
    // e^-1, 2 e^-1 and 2.5 e^-1: the tails of one, two and three exponential times at their mean.
    expect(tail).toEqual([0, 1, 2, 2.5].map((sum) => expect.closeTo(sum / Math.E, 12) as number));
    const far = timeoutProbabilities(10, 3, 200);
    expect(far[30]).toBeCloseTo(0.4757, 4);
    expect(far[200]).toBeCloseTo(1, 12);
  });

  it('solves a birth-death chain to the smallest of its probabilities', () => {
    const rho = 1e-6;
    const rates = Array.from({ length: 50 }, (_, n) => [
      ...(n > 0 ? [[n - 1, 1] as const] : []),
      ...(n < 49 ? [[n + 1, rho] as const] : []),
    ]);
    const found = stationary(rates, 1);
    expect(found[49]! / (found[0]! * rho ** 49)).toBeCloseTo(1, 9);
  });

  it('is a loss system where nobody asks again', () => {
    for (const places of [6, 30]) {
      const { inSystem, full, inOrbit } = solve({ ...example, alpha: 0, places });
      const expected = lossSystem(0.5, places);
      expect(inSystem).toBeCloseTo(expected.inSystem, 12);
      expect(full / expected.full).toBeCloseTo(1, 9);
      expect(inOrbit).toBe(0);
    }
  });

  it('says what the fidelity file expects', () => {
    const file = readFileSync(new URL('../fidelity/retry-queue.yaml', import.meta.url), 'utf8');
    const said = (pattern: RegExp): number[] =>
      [...file.matchAll(pattern)].map(([, value]) => Number(value));
    const large = solve(example);
    const small = solve({ ...example, places: 6 });
    const collapsed = solve({ ...example, lambda: 8 });
    const levels = [large, small, collapsed].map(({ inSystem }) => inSystem);
    expect(said(/desk in-system = ([\d.]+)/g)).toEqual(
      levels.map((level) => expect.closeTo(level, 3) as number),
    );
    expect(said(/callers failed = ([\d.]+)%/g)).toEqual([expect.closeTo(small.full * 100, 4)]);
    expect(large.full).toBeCloseTo(9e-12, 13);
    // What the comment of the file says of the collapse.
    expect(collapsed.full).toBeCloseTo(0.234, 3);
    expect(collapsed.inOrbit).toBeCloseTo(11.6, 1);
  });
});
