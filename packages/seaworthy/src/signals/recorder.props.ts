import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Histogram } from './histogram.ts';
import { Recorder } from './recorder.ts';

/** Zeros, parts of a nanosecond and centuries included. */
const values = fc.array(
  fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }), fc.nat(20)),
  { maxLength: 400 },
);

function oneByOne(times: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const valueMs of times) histogram.record(valueMs);
  return histogram;
}

describe('Recorder', () => {
  it('gives after each flush what a histogram has that recorded one by one', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 4 }), (flushes) => {
        const recorder = new Recorder();
        for (const times of flushes) {
          for (const valueMs of times) recorder.record(valueMs);
          expect(recorder.flush().toSparse()).toEqual(oneByOne(times).toSparse());
        }
      }),
    );
  });

  it.each([-1, Number.NaN, Infinity])('tells of %d at the flush', (valueMs) => {
    const recorder = new Recorder();
    recorder.record(valueMs);
    expect(() => recorder.flush()).toThrow(RangeError);
  });
});
