import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentDurations } from './recent-durations.ts';

const windowMs = 30_000;

/** Buckets are a sixteenth of an octave wide, and durations are counted in microseconds. */
const WIDTH = 1 / 16;
const UNIT_MS = 0.001;

const quantiles = fc.constantFrom(0.5, 0.9, 0.95, 0.99);
const durations = fc.oneof(
  fc.double({ min: 0, max: 50, noNaN: true }),
  fc.double({ min: 0, max: 100_000, noNaN: true }),
);

/** Of a list in order: the least that this share is at or below. */
function exact(sorted: readonly number[], quantile: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * quantile - 1e-9) - 1)]!;
}

describe('a quantile of recent durations', () => {
  it('is the exact one, but for the width of its bucket', () => {
    fc.assert(
      fc.property(
        quantiles,
        fc.array(durations, { minLength: 200, maxLength: 400 }),
        (quantile, values) => {
          const recent = new RecentDurations(quantile, windowMs);
          for (const value of values) recent.record(value, 0);
          const expected = exact(
            values.toSorted((a, b) => a - b),
            quantile,
          );
          const got = recent.valueMs(0);
          expect(got).toBeGreaterThanOrEqual(expected * (1 - WIDTH) - UNIT_MS);
          expect(got).toBeLessThanOrEqual(expected * (1 + WIDTH) + UNIT_MS);
        },
      ),
    );
  });

  it('is not known from too few values, and known from then on', () => {
    fc.assert(
      fc.property(quantiles, durations, (quantile, value) => {
        const recent = new RecentDurations(quantile, windowMs);
        const needed = Math.ceil(2 / (1 - quantile) - 1e-9);
        for (let count = 0; count < needed; count++) {
          expect(recent.valueMs(0)).toBe(Infinity);
          recent.record(value, 0);
        }
        // It is looked up after every few values only.
        for (let count = 0; count < needed; count++) {
          recent.valueMs(0);
          recent.record(value, 0);
        }
        expect(recent.valueMs(0)).toBeLessThan(Infinity);
      }),
    );
  });

  it('forgets everything within its window, and nothing within half of it', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(windowMs / 2 - 1), (startMs, laterMs) => {
        const recent = new RecentDurations(0.5, windowMs);
        recent.record(1, startMs);
        for (let count = 0; count < 50; count++) recent.record(10, startMs);
        expect(recent.valueMs(startMs + laterMs)).toBeCloseTo(10, 0);
        expect(recent.valueMs(startMs + windowMs)).toBe(Infinity);
      }),
    );
  });

  it('follows a change of the durations within its window', () => {
    const recent = new RecentDurations(0.95, windowMs);
    const at = (second: number): number => (second < 60 ? 10 : 200);
    for (let second = 0; second < 120; second++) {
      for (let count = 0; count < 50; count++) {
        recent.record(at(second) * (1 + count / 50), second * 1000 + count * 20);
        recent.valueMs(second * 1000 + count * 20);
      }
      if (second === 59) expect(recent.valueMs(60_000)).toBeCloseTo(19.5, 0);
      if (second === 90) expect(recent.valueMs(91_000)).toBeGreaterThan(360);
    }
  });
});
