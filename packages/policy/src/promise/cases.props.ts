import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byEngine } from '../testing/case-by-engine.ts';
import { byPromises } from '../testing/case-by-promises.ts';
import { cases } from '../testing/cases.ts';
import { RealTime } from '../testing/promises.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';

/** Times are tenths of a unit: what is closer is rounding. */
const tie = 1e-6;
/** By real timers things must be this far apart to come in their order. */
const realGap = 4;
const realUnitMs = 2;
const slowestUnitMs = 32;

/** In order; at the same time in any: what promises tell comes a little after what runs. */
function byInstant(lines: readonly string[]): string[] {
  return lines.toSorted((a, b) => Number.parseFloat(a) - Number.parseFloat(b) || (a < b ? -1 : 1));
}

/** `given` without its times, those that should come in the same instant sorted as in `wanted`. */
function asOrdered(given: readonly string[], wanted: readonly string[]): string[] {
  const left = given.map(wordsOf);
  const ordered: string[] = [];
  while (left.length > 0) {
    const atMs = Number.parseFloat(wanted[ordered.length] ?? 'NaN');
    const together = wanted.filter((line) => Number.parseFloat(line) === atMs).length;
    ordered.push(...left.splice(0, Math.max(1, together)).toSorted());
  }
  return ordered;
}

function wordsOf(line: string): string {
  return line.slice(line.indexOf(' ') + 1);
}

describe('one table of cases', () => {
  it('happens to promises in virtual time as it does to the engine, event for event', async () => {
    await fc.assert(
      fc.asyncProperty(cases(8, true), async (of) => {
        const { lines, leastGap } = byEngine(of);
        fc.pre(leastGap > tie);
        const given = await byPromises(of, new VirtualTime(), 1000, 1);
        expect(byInstant(given)).toEqual(byInstant(lines));
      }),
      { numRuns: 100 },
    );
  });

  it('happens to promises by real timers in the same order', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(cases(3, false), async (of) => {
        const { lines, leastGap, endMs } = byEngine(of);
        // Most policies and calls are in the table above; here only what takes time counts.
        fc.pre(leastGap >= realGap && lines.length > 5);
        const wanted = byInstant(lines);
        for (let unitMs = realUnitMs; ; unitMs *= 2) {
          const time = new RealTime();
          const given = await byPromises(of, time, endMs + realGap, unitMs);
          const ordered = asOrdered(given, wanted);
          // A machine that was late shows nothing: once more, with more time between things.
          const wasLate = time.lateMs > (realGap * unitMs) / 2;
          if (wasLate && ordered.join() !== wanted.map(wordsOf).join()) {
            if (unitMs < slowestUnitMs) continue;
            return;
          }
          expect(ordered).toEqual(wanted.map(wordsOf));
          compared++;
          return;
        }
      }),
      // Each smaller case of one that fails takes its time as well.
      { numRuns: 15, maxSkipsPerRun: 1000, interruptAfterTimeLimit: 40_000 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});
