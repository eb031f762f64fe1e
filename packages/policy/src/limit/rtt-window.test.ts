import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RttWindow } from './rtt-window.ts';

const durations = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

describe('RttWindow', () => {
  it('knows the quantiles of what it was given, to a thirty-second', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const window = new RttWindow();
        for (const value of values) window.add(value, 1);
        const sorted = values.toSorted((a, b) => a - b);
        const exactMs = sorted[Math.ceil(share * values.length) - 1]!;
        const slack = 0.001 + exactMs / 32;
        expect(Math.abs(window.quantileMs(share) - exactMs)).toBeLessThanOrEqual(slack);
      }),
    );
  });

  it('keeps what is beyond half an hour as half an hour', () => {
    const window = new RttWindow();
    window.add(1e12, 1);
    expect(window.quantileMs(1) / 60_000).toBeCloseTo(35.8, 1);
  });

  it('keeps the most attempts in flight, and forgets all of it', () => {
    const window = new RttWindow();
    window.add(5, 3);
    window.sawInFlight(7);
    expect([window.size, window.maxInFlight]).toEqual([1, 7]);
    window.clear();
    expect([window.size, window.maxInFlight, window.quantileMs(0.9)]).toEqual([0, 0, 0]);
  });
});
