import { describe, expect, it } from 'vitest';

import { ArrivalProcess, sourceStream } from './open-arrivals.ts';

const NS_PER_S = 1e9;

/** The gaps between so many Poisson arrivals, as multiples of their mean. */
function gapsOf(count: number, perSecond: number, seed: number): readonly number[] {
  const shape = [{ atMs: 0, perSecond, overMs: 0 }];
  const chance = sourceStream(seed, 'users', 'arrivals');
  const process = new ArrivalProcess({ kind: 'open', spacing: 'poisson', shape }, [], chance);
  const gaps: number[] = [];
  for (let beforeNs = 0; gaps.length < count;) {
    const atNs = process.after(beforeNs);
    gaps.push(((atNs - beforeNs) / NS_PER_S) * perSecond);
    beforeNs = atNs;
  }
  return gaps;
}

/** The largest distance of the empirical distribution from the exponential one. */
function kolmogorovSmirnov(gaps: readonly number[]): number {
  const { length } = gaps;
  const sorted = gaps.toSorted((a, b) => a - b);
  const distances = sorted.map((gap, index) => {
    const expected = 1 - Math.exp(-gap);
    return Math.max(expected - index / length, (index + 1) / length - expected);
  });
  return Math.max(...distances);
}

/** Variance over mean of the arrivals in windows of so many mean gaps. */
function dispersionOf(gaps: readonly number[], window: number): number {
  const counts: number[] = [];
  let at = 0;
  for (const gap of gaps) {
    at += gap;
    const index = Math.floor(at / window);
    while (counts.length <= index) counts.push(0);
    counts[index]!++;
  }
  counts.pop();
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return squares / (counts.length - 1) / mean;
}

const count = 20_000;

describe.each([
  [1, 5000],
  [2, 20_000],
  [3, 0.1],
])('Poisson arrivals with seed %i, %d a second', (seed, perSecond) => {
  const gaps = gapsOf(count, perSecond, seed);

  it('have exponential gaps', () => {
    // Kolmogorov's distribution: 1.63 / sqrt(n) is exceeded by chance once in a hundred.
    expect(kolmogorovSmirnov(gaps)).toBeLessThan(1.63 / Math.sqrt(count));
  });

  it.each([5, 50])('vary as much as they must in windows of %i', (window) => {
    const windows = count / window;
    // Its standard error is sqrt(2 / windows).
    expect(Math.abs(dispersionOf(gaps, window) - 1)).toBeLessThan(3 * Math.sqrt(2 / windows));
  });

  it('have gaps that know nothing of the one before', () => {
    const products = gaps.slice(1).map((gap, index) => (gap - 1) * (gaps[index]! - 1));
    const correlation = products.reduce((sum, product) => sum + product, 0) / products.length;
    expect(Math.abs(correlation)).toBeLessThan(3 / Math.sqrt(count));
  });
});

it('would see arrivals that come in pairs', () => {
  const pairs = gapsOf(count / 2, 1, 1).flatMap((gap) => [2 * gap, 0]);
  expect(dispersionOf(pairs, 50) - 1).toBeGreaterThan(0.5);
  expect(kolmogorovSmirnov(pairs)).toBeGreaterThan(0.3);
});
