import { describe, expect, it } from 'vitest';

import type { Distribution } from './model.ts';
import { meanMs, quantilesOf, shareAbove } from './distribution.ts';

const lognormal: Distribution = { kind: 'log-normal', p50Ms: 40, p99Ms: 400 };

describe('meanMs', () => {
  it.each<[Distribution, number]>([
    [{ kind: 'constant', valueMs: 7 }, 7],
    [{ kind: 'exponential', meanMs: 7 }, 7],
    [{ kind: 'erlang', meanMs: 7, stages: 3 }, 7],
    [{ kind: 'normal', meanMs: 7, deviationMs: 1 }, 7],
    [{ kind: 'uniform', fromMs: 4, toMs: 10 }, 7],
    // exp(ln 40 + (ln 10 / 2.3263)^2 / 2)
    [lognormal, 65.3],
    [
      {
        kind: 'quantiles',
        points: [
          { share: 0, valueMs: 0 },
          { share: 0.5, valueMs: 4 },
          { share: 1, valueMs: 20 },
        ],
      },
      7,
    ],
    [
      {
        kind: 'mixture',
        parts: [
          { share: 0.25, of: { kind: 'constant', valueMs: 1 } },
          { share: 0.75, of: { kind: 'constant', valueMs: 9 } },
        ],
      },
      7,
    ],
  ])('%j', (of, mean) => {
    expect(meanMs(of)).toBeCloseTo(mean, 1);
  });
});

describe('quantilesOf', () => {
  const at = (of: Distribution, share: number): number | undefined =>
    quantilesOf(of)?.find((point) => point.share === share)?.valueMs;

  it('goes through the points that a log-normal distribution is given by', () => {
    expect(at(lognormal, 0.5)).toBeCloseTo(40, 1);
    expect(at(lognormal, 0.99)).toBeCloseTo(400, 6);
    // 40 x 10^(3.0902 / 2.3263)
    expect(at(lognormal, 0.999)).toBeCloseTo(852, -1);
  });

  it('knows the exponential distribution', () => {
    expect(at({ kind: 'exponential', meanMs: 100 }, 0.99)).toBeCloseTo(460.517, 3);
  });

  it('has no simple form of sums and mixtures', () => {
    expect(quantilesOf({ kind: 'erlang', meanMs: 7, stages: 3 })).toBeUndefined();
    expect(quantilesOf({ kind: 'mixture', parts: [] })).toBeUndefined();
  });
});

describe('shareAbove', () => {
  const uniform = quantilesOf({ kind: 'uniform', fromMs: 0, toMs: 100 })!;

  it('is linear between the points', () => {
    expect(shareAbove(uniform, 25)).toBeCloseTo(0.75, 12);
    expect(shareAbove(uniform, 0)).toBe(1);
    expect(shareAbove(uniform, 100)).toBe(0);
    expect(shareAbove(uniform, 101)).toBe(0);
  });

  it('knows nothing beyond the last point of a distribution without an end', () => {
    expect(shareAbove(quantilesOf(lognormal)!, 1e9)).toBeUndefined();
  });
});
