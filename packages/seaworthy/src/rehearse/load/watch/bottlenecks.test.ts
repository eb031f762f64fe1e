import { describe, expect, it } from 'vitest';

import { Histogram } from '../../../signals/histogram.ts';
import type { LoadReading } from '../load.ts';
import { LoadMeter } from '../measure/meter.ts';
import { bottlenecks } from './bottlenecks.ts';

function reading(settings: Partial<LoadReading>): LoadReading {
  const calm = { busyShare: 0.3, longestTurnMs: 2, starvedShare: 0.01 };
  return { ...new LoadMeter().read(1000), ...calm, offered: 1000, ...settings };
}

/** 1,000 arrivals, some of them late by this. */
function lateness(count: number, ms: number): Histogram {
  const histogram = new Histogram();
  histogram.recordMany(0.1, 1000 - count);
  histogram.recordMany(ms, count);
  return histogram;
}

describe('the generator', () => {
  it('was not the bottleneck', () => {
    expect(bottlenecks(reading({ lateness: lateness(10, 80), late: { EMFILE: 10 } }))).toEqual([]);
  });

  it('was, where it was late', () => {
    const late = { lateness: lateness(11, 80), longestTurnMs: 81.2, starvedShare: 0.44 };
    expect(bottlenecks(reading(late))).toEqual([
      'the generator was late: one arrival in a hundred by 80.0 ms or more (it may be 10 ms); ' +
        'its longest turn took 81 ms, and the machine had no core for it in 44 % of the time',
    ]);
    expect(bottlenecks(reading({ ...late, starvedShare: undefined }))[0]).toMatch(/took 81 ms$/);
  });

  it('says nothing of one in a hundred where there are not a hundred', () => {
    const few = new Histogram();
    few.recordMany(500, 99);
    expect(bottlenecks(reading({ lateness: few }))).toEqual([]);
  });

  it('was, where it had no time left', () => {
    expect(bottlenecks(reading({ busyShare: 0.85 }))).toEqual([
      'the generator was busy in 85 % of the time (it may be 80 %): give it more threads, or ask ' +
        'for less',
    ]);
  });

  it('was, where it could not send', () => {
    expect(bottlenecks(reading({ late: { EMFILE: 6, 'all connections busy': 5 } }))).toEqual([
      'the generator could not send 11 of 1000 arrivals in time (EMFILE: 6, all connections ' +
        'busy: 5): allow more connections, or ask for less',
    ]);
  });
});
