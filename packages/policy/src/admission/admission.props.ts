import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { Admission } from './admission.ts';
import { levelCount } from './criticality.ts';

const targetMs = 20;
const intervalMs = 1000;

const level = fc.oneof(
  fc.integer({ min: 0, max: levelCount - 1 }),
  fc.constantFrom(0, 255, 256, levelCount - 1),
);

/** What happens at a door in one stretch of time. */
const stretch: fc.Arbitrary<Stretch> = fc.record({
  gapMs: fc.constantFrom(0, 1, 10, 100, 1000, 30_000),
  tasks: fc.array(level, { maxLength: 30 }),
  waiting: fc.nat(50),
  waitMs: fc.constantFrom(0, 5, 19, 21, 100, 5000),
  begun: fc.nat(30),
  turned: fc.nat(3),
});
const stretches = fc.array(stretch, { minLength: 1, maxLength: 60, size: 'max' });

interface Stretch {
  readonly gapMs: number;
  /** Their levels. */
  readonly tasks: readonly number[];
  readonly waiting: number;
  readonly waitMs: number;
  readonly begun: number;
  readonly turned: number;
}

function door(): Admission {
  return new Admission({ targetMs, intervalMs }, stream(1, 'door', 'users'), 0);
}

/** Plays it, tells of each answer, and returns when it ended. */
function play(
  admission: Admission,
  list: readonly Stretch[],
  told: (level: number, admitted: boolean) => void = () => {},
): number {
  let nowMs = 0;
  for (const { gapMs, tasks, waiting, waitMs, begun, turned } of list) {
    nowMs += gapMs;
    for (const one of tasks) told(one, admission.admits(one, waiting, nowMs));
    for (let count = 0; count < begun; count++) admission.began(waitMs);
    for (let count = 0; count < turned; count++) admission.turnedAway();
  }
  return nowMs;
}

describe('admission', () => {
  it('never sheds a level above one that it admits, while the share stays', () => {
    fc.assert(
      fc.property(stretches, (list) => {
        const admission = door();
        let share = 0;
        let lowestAdmitted = Infinity;
        let highestShed = -1;
        play(admission, list, (one, admitted) => {
          if (admission.shedShare !== share) {
            share = admission.shedShare;
            lowestAdmitted = Infinity;
            highestShed = -1;
          }
          if (admitted) lowestAdmitted = Math.min(lowestAdmitted, one);
          else highestShed = Math.max(highestShed, one);
          // A level that many tasks share may be cut through; another one never is.
          expect(highestShed).toBeLessThanOrEqual(lowestAdmitted);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('sheds nothing while nobody waits beyond the target and the queue turns nobody away', () => {
    fc.assert(
      fc.property(stretches, (list) => {
        const calm = list.map((one) => ({
          ...one,
          waiting: 0,
          waitMs: Math.min(one.waitMs, targetMs),
          turned: 0,
        }));
        const admission = door();
        play(admission, calm, (_, admitted) => expect(admitted).toBe(true));
        expect(admission.shedShare).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('admits all again when it has been calm for a hundred windows, whatever was before', () => {
    fc.assert(
      fc.property(stretches, (list) => {
        const admission = door();
        let nowMs = play(admission, list);
        // The first call of this closes the last window of what was before.
        for (let window = 0; window < 100; window++) {
          nowMs += intervalMs;
          for (let task = 0; task < 10; task++) admission.admits(300, 0, nowMs);
          admission.began(0);
        }
        expect(admission.shedShare).toBe(0);
        expect(admission.admits(0, 0, nowMs)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('raises the threshold with the share that it sheds, of the same tasks', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 50 }), (tasks) => {
        const admission = door();
        let nowMs = 0;
        let [share, threshold] = [0, 0];
        for (let window = 0; window < 30; window++) {
          nowMs += intervalMs;
          // More and more of them wait for longer and longer.
          for (const one of tasks) admission.admits(one, 5, nowMs);
          admission.began(100);
          expect(admission.shedShare).toBeGreaterThanOrEqual(share);
          if (admission.shedShare > share) {
            expect(admission.thresholdLevel).toBeGreaterThanOrEqual(threshold);
          }
          share = admission.shedShare;
          threshold = admission.thresholdLevel;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('sheds close to the share that it says, also where all tasks are of one level', () => {
    fc.assert(
      fc.property(level, fc.integer({ min: 1, max: 30 }), (one, begun) => {
        const admission = door();
        let nowMs = 0;
        for (let window = 0; window < 5; window++) {
          nowMs += intervalMs;
          let [admitted, share] = [0, 0];
          for (let task = 0; task < 100; task++) {
            if (admission.admits(one, 3, nowMs)) admitted++;
            share = admission.shedShare;
          }
          expect(Math.abs(admitted - 100 * (1 - share))).toBeLessThanOrEqual(1.001);
          for (let count = 0; count < begun; count++) admission.began(50);
        }
      }),
      { numRuns: 100 },
    );
  });
});
