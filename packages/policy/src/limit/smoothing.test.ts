import { describe, expect, it } from 'vitest';
import { Correlation } from './correlation.ts';
import { MovingAverage } from './moving-average.ts';
import { MovingMedian } from './moving-median.ts';

describe('MovingAverage', () => {
  it('begins as the plain mean, so that no early value weighs for long', () => {
    const average = new MovingAverage(100);
    for (const value of [100, 10, 10, 10]) average.add(value);
    expect(average.value).toBeCloseTo(32.5);
  });

  it('then forgets: of age 5, each new value weighs a third', () => {
    const average = new MovingAverage(5);
    for (let value = 0; value < 50; value++) average.add(90);
    expect(average.add(0)).toBeCloseTo(60);
    expect(average.add(0)).toBeCloseTo(40);
  });
});

describe('MovingMedian', () => {
  it('passes values on until it has enough, and then leaves out what is unlike the others', () => {
    const median = new MovingMedian(5);
    const values = [10, 11, 900, 12, 13, 14, 900, 15];
    expect(values.map((value) => median.add(value))).toEqual([10, 11, 900, 12, 12, 13, 14, 14]);
  });
});

function correlationOf(of: readonly (readonly [number, number])[], size = 50): Correlation {
  const correlation = new Correlation(size);
  for (const [x, y] of of) correlation.add(x, y);
  return correlation;
}

function pairs(count: number, y: (x: number) => number): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, x) => [x + 1, y(x + 1)] as const);
}

describe('Correlation', () => {
  it('is 1 for what grows together, −1 for what goes apart', () => {
    expect(correlationOf(pairs(20, (x) => 3 * x)).value).toBeCloseTo(1);
    expect(correlationOf(pairs(20, (x) => 100 - x)).value).toBeCloseTo(-1);
  });

  it('is 0 for few pairs, and where one of them hardly moves', () => {
    expect(correlationOf(pairs(9, (x) => x)).value).toBe(0);
    expect(correlationOf(pairs(20, (x) => 1000 + x / 10)).value).toBe(0);
    expect(correlationOf(pairs(20, () => 0)).value).toBe(0);
  });

  it('knows how much y varies, once there is enough', () => {
    expect(correlationOf(pairs(5, (x) => x)).variationOfY).toBe(Infinity);
    expect(correlationOf(pairs(20, (x) => (x % 2 === 0 ? 8 : 12))).variationOfY).toBeCloseTo(0.2);
  });

  it('forgets the oldest pair', () => {
    const rising = pairs(20, (x) => x);
    const falling = pairs(20, (x) => 100 - x);
    expect(correlationOf([...rising, ...falling], 20).value).toBeCloseTo(-1);
  });
});
