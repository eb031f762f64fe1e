import { stream } from '@seaworthy/policy/engine';
import { describe, expect, it } from 'vitest';

import type { Distribution } from '../model.ts';
import { NS_PER_MS, Sampler } from './sampler.ts';

const DRAWS = 200_000;

/**
 * Mean, deviation and quantiles of many draws, in milliseconds. The seed is fixed, so the outcome
 * is, too.
 */
function describeDraws(distribution: Distribution) {
  const sampler = new Sampler(distribution, stream(1, 'sampler', distribution.kind));
  const draws = Float64Array.from({ length: DRAWS }, () => sampler.next() / NS_PER_MS).toSorted();
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / DRAWS;
  const quantile = (q: number): number => draws[Math.floor(q * DRAWS)]!;
  return { mean, deviation: Math.sqrt(variance), quantile };
}

function constant(valueMs: number): Distribution {
  return { kind: 'constant', valueMs };
}

/** Five standard errors of a mean. */
function within(deviation: number): number {
  return (5 * deviation) / Math.sqrt(DRAWS);
}

describe('Sampler', () => {
  it('draws constants', () => {
    const { mean, deviation } = describeDraws({ kind: 'constant', valueMs: 40 });
    expect(mean).toBeCloseTo(40, 9);
    expect(deviation).toBeCloseTo(0, 9);
  });

  it('draws exponential times', () => {
    const { mean, deviation, quantile } = describeDraws({ kind: 'exponential', meanMs: 10 });
    expect(Math.abs(mean - 10)).toBeLessThan(within(10));
    expect(deviation).toBeCloseTo(10, 0);
    expect(quantile(0.99)).toBeCloseTo(10 * Math.log(100), 0);
    expect(quantile(0.9999) / (10 * Math.log(10_000))).toBeCloseTo(1, 0);
  });

  it('draws Erlang times, less variable than one exponential', () => {
    const { mean, deviation } = describeDraws({ kind: 'erlang', meanMs: 10, stages: 4 });
    expect(Math.abs(mean - 10)).toBeLessThan(within(5));
    expect(deviation).toBeCloseTo(5, 1);
  });

  it('draws log-normal times through both given points', () => {
    const { quantile } = describeDraws({ kind: 'log-normal', p50Ms: 40, p99Ms: 400 });
    expect(quantile(0.5)).toBeGreaterThan(39.4);
    expect(quantile(0.5)).toBeLessThan(40.6);
    expect(quantile(0.99)).toBeGreaterThan(385);
    expect(quantile(0.99)).toBeLessThan(415);
  });

  it('draws normal times', () => {
    const { mean, deviation, quantile } = describeDraws({
      kind: 'normal',
      meanMs: 10,
      deviationMs: 2,
    });
    expect(Math.abs(mean - 10)).toBeLessThan(within(2));
    expect(deviation).toBeCloseTo(2, 1);
    expect(quantile(0.999)).toBeCloseTo(10 + 2 * 3.09, 0);
  });

  it('draws uniform times', () => {
    const { mean, quantile } = describeDraws({ kind: 'uniform', fromMs: 10, toMs: 20 });
    expect(Math.abs(mean - 15)).toBeLessThan(within(2.9));
    expect(quantile(0)).toBeGreaterThanOrEqual(10);
    expect(quantile(0.99999)).toBeLessThanOrEqual(20);
  });

  it('draws from a quantile table', () => {
    const points = [
      { share: 0, valueMs: 1 },
      { share: 0.5, valueMs: 10 },
      { share: 0.99, valueMs: 100 },
      { share: 1, valueMs: 1000 },
    ];
    const { quantile } = describeDraws({ kind: 'quantiles', points });
    expect(quantile(0.25)).toBeCloseTo(5.5, 0);
    expect(quantile(0.5)).toBeCloseTo(10, 0);
    expect(Math.abs(quantile(0.99) - 100)).toBeLessThan(12);
  });

  it('draws from a mixture by its shares', () => {
    const parts = [
      { share: 0.99, of: constant(50) },
      { share: 0.005, of: constant(1000) },
      { share: 0.005, of: constant(5000) },
    ];
    const { mean, quantile } = describeDraws({ kind: 'mixture', parts });
    expect(Math.abs(mean - 79.5)).toBeLessThan(within(360));
    expect(quantile(0.98)).toBe(50);
    expect(quantile(0.9925)).toBe(1000);
    expect(quantile(0.9975)).toBe(5000);
  });

  it('draws the same ahead', () => {
    const distribution: Distribution = { kind: 'log-normal', p50Ms: 40, p99Ms: 400 };
    const sampler = new Sampler(distribution, stream(1, 'sampler', 'ahead'));
    const ahead = new Sampler(distribution, stream(1, 'sampler', 'ahead')).ahead();
    for (let draw = 0; draw < 1000; draw++) expect(ahead.next()).toBe(sampler.next());
  });
});
