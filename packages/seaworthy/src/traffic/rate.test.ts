import { describe, expect, it } from 'vitest';

import { Rate } from './rate.ts';

const S = 1e9;

/** When the first arrivals of a constant spacing come, in seconds. */
function arrivals(rate: Rate, count: number): number[] {
  const times: number[] = [];
  let nowNs = 0;
  for (let index = 0; index < count; index++) {
    nowNs = rate.after(nowNs, 1);
    times.push(Number((nowNs / S).toFixed(3)));
  }
  return times;
}

function burst(atMs: number, forMs: number, factor: number, overMs = 0) {
  return { kind: 'burst', atMs, forMs, factor, overMs, source: 0, text: '' } as const;
}

describe('Rate', () => {
  it('spaces arrivals by a constant rate', () => {
    const rate = new Rate([{ atMs: 0, perSecond: 4, overMs: 0 }], []);
    expect(arrivals(rate, 3)).toEqual([0.25, 0.5, 0.75]);
  });

  it('steps from one rate to the next', () => {
    const shape = [
      { atMs: 0, perSecond: 1, overMs: 0 },
      { atMs: 2000, perSecond: 2, overMs: 0 },
    ];
    expect(arrivals(new Rate(shape, []), 4)).toEqual([1, 2, 2.5, 3]);
  });

  it('tells the rate of a moment', () => {
    const shape = [
      { atMs: 0, perSecond: 10, overMs: 0 },
      { atMs: 1000, perSecond: 20, overMs: 2000 },
    ];
    const rate = new Rate(shape, [burst(2000, 4000, 3)]);
    const moments = [0, 999, 1500, 2500, 4000, 6000, 1e9];
    const rates = moments.map((atMs) => Number(rate.perSecondAt(atMs).toFixed(9)));
    expect(rates).toEqual([10, 10, 12.5, 52.5, 60, 20, 20]);
  });

  it('ramps in a straight line', () => {
    const shape = [
      { atMs: 0, perSecond: 0, overMs: 0 },
      { atMs: 0, perSecond: 2, overMs: 2000 },
    ];
    // The area under 0 to 2 in two seconds is t²/2.
    expect(arrivals(new Rate(shape, []), 2)).toEqual([Number(Math.SQRT2.toFixed(3)), 2]);
  });

  it('never arrives at a rate of 0, and goes on after it', () => {
    const shape = [
      { atMs: 0, perSecond: 1, overMs: 0 },
      { atMs: 1000, perSecond: 0, overMs: 0 },
      { atMs: 5000, perSecond: 1, overMs: 0 },
    ];
    expect(arrivals(new Rate(shape, []), 2)).toEqual([1, 6]);
    const silent = new Rate([{ atMs: 0, perSecond: 0, overMs: 0 }], []);
    expect(silent.after(0, 1)).toBe(Infinity);
  });

  it('multiplies bursts in, for as long as they last', () => {
    const shape = [{ atMs: 0, perSecond: 1, overMs: 0 }];
    expect(arrivals(new Rate(shape, [burst(1000, 2000, 2)]), 6)).toEqual([1, 1.5, 2, 2.5, 3, 4]);
  });

  it('ramps bursts up and down', () => {
    const shape = [{ atMs: 0, perSecond: 1, overMs: 0 }];
    const rate = new Rate(shape, [burst(0, 10_000, 3, 2000)]);
    // 1 to 3 within 2 s brings 4; then 3 a second until 10 s, and 4 more on the way down.
    const count = arrivals(rate, 32).filter((time) => time <= 12.001).length;
    expect(count).toBe(32);
  });
});
