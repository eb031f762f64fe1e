import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdaptiveSettings } from '../call/settings.ts';
import { LoadedServer } from '../testing/loaded-server.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';

const settings: fc.Arbitrary<AdaptiveSettings> = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.nat(300), fc.nat(300))
  .map(([min, more, most]) => ({ min, initial: min + more, max: min + more + most }));

/** A stretch of results that are alike. */
const stretch = fc.record({
  windows: fc.integer({ min: 1, max: 30 }),
  durationMs: fc.constantFrom(0, 0.01, 1, 20, 100, 900, 5000),
  spread: fc.constantFrom(0, 0.5, 3),
  lostEvery: fc.constantFrom(0, 1, 2, 5, 20),
  inFlight: fc.constantFrom(1, 5, 50, 500, 'limit' as const),
  isFull: fc.boolean(),
});

type Stretch = typeof stretch extends fc.Arbitrary<infer Value> ? Value : never;

/** Lets the limit see it all; tells of each move. */
function play(
  limit: AdaptiveLimit,
  stretches: readonly Stretch[],
  moved: (from: number, to: number) => void,
): void {
  let nowMs = 0;
  for (const part of stretches) {
    for (let result = 0; result < part.windows * 60; result++) {
      nowMs += 20;
      const from = limit.limit;
      const inFlight = part.inFlight === 'limit' ? from : part.inFlight;
      const startMs = nowMs - part.durationMs * (1 + part.spread * ((result % 7) / 7));
      const isLost = part.lostEvery > 0 && result % part.lostEvery === 0;
      const isMoved = isLost
        ? limit.lost(startMs, inFlight, part.isFull, nowMs)
        : limit.answered(startMs, inFlight, part.isFull, nowMs);
      if (isMoved !== (limit.limit !== from)) throw new Error('told of a move that was none');
      if (isMoved) moved(from, limit.limit);
    }
  }
}

const stretches = fc.array(stretch, { minLength: 1, maxLength: 6 });

describe('the adaptive limit, whatever it sees', () => {
  it('is a whole number from min to max', () => {
    fc.assert(
      fc.property(settings, stretches, (of, seen) => {
        play(new AdaptiveLimit(of), seen, (_from, to) => {
          expect(Number.isInteger(to)).toBe(true);
          expect(to).toBeGreaterThanOrEqual(of.min);
          expect(to).toBeLessThanOrEqual(of.max);
        });
      }),
    );
  });

  it('moves by a step at a time: log10 of itself, or a tenth down after losses', () => {
    fc.assert(
      fc.property(settings, stretches, (of, seen) => {
        play(new AdaptiveLimit(of), seen, (from, to) => {
          const step = Math.max(1, Math.floor(Math.log10(from)));
          expect(to - from).toBeLessThanOrEqual(step);
          expect(from - to).toBeLessThanOrEqual(Math.max(step, from / 10));
        });
      }),
    );
  });

  it('moves the same way twice', () => {
    fc.assert(
      fc.property(settings, stretches, (of, seen) => {
        const moves = (): number[] => {
          const seenMoves: number[] = [];
          play(new AdaptiveLimit(of), seen, (_from, to) => seenMoves.push(to));
          return seenMoves;
        };
        expect(moves()).toEqual(moves());
      }),
      { numRuns: 20 },
    );
  });
});

const load = fc.record({
  workers: fc.integer({ min: 5, max: 40 }),
  capacity: fc.integer({ min: 100, max: 250 }),
  overload: fc.constantFrom(1.3, 1.6, 2, 3),
  seed: fc.nat(1000),
});

/** From a first limit that is too high it may take minutes to what the server needs. */
const settledAfterSeconds = 450;
const seconds = 600;

/** Runs a server with more to do than it can; per worker and per what it can do. */
function overloaded(isExponential: boolean, of: LoadOf): { limit: number; goodput: number } {
  const { workers, capacity, overload, seed } = of;
  const queue = { order: 'fifo', targetMs: 5, intervalMs: 100 } as const;
  const limit = { concurrency: { min: 1, max: 1000, initial: 20 }, queue };
  const serviceMs = (1000 * workers) / capacity;
  const perSecond = overload * capacity;
  const server = new LoadedServer(
    { limit },
    { workers, serviceMs, perSecond, isExponential },
    seed,
  );
  server.run(seconds);
  const limits = server.limits(settledAfterSeconds);
  const mean = limits.reduce((sum, each) => sum + each, 0) / limits.length;
  return { limit: mean / workers, goodput: server.goodput(settledAfterSeconds) / capacity };
}

type LoadOf = typeof load extends fc.Arbitrary<infer Value> ? Value : never;

/** With these it stood at five for each worker for ever, too still to learn that it need not. */
const stoodStill: readonly LoadOf[] = [
  { workers: 5, capacity: 192, overload: 1.3, seed: 707 },
  { workers: 5, capacity: 210, overload: 1.3, seed: 2423 },
  { workers: 6, capacity: 134, overload: 3, seed: 996 },
];

/** By Little's law the workers alone hold one attempt each; what is beyond that waits for them. */
describe('the adaptive limit before a server with more to do than it can', () => {
  it('is one to three for each worker, and keeps them busy', () => {
    fc.assert(
      fc.property(load, (of) => {
        const { limit, goodput } = overloaded(true, of);
        expect(limit).toBeGreaterThanOrEqual(0.75);
        expect(limit).toBeLessThanOrEqual(3.2);
        expect(goodput).toBeGreaterThanOrEqual(0.8);
      }),
      { numRuns: 8, endOnFailure: true, examples: stoodStill.map((of) => [of]) },
    );
  });

  it('is so too where all work takes the same time, and swings more', () => {
    fc.assert(
      fc.property(load, (of) => {
        const { limit, goodput } = overloaded(false, of);
        expect(limit).toBeGreaterThanOrEqual(0.75);
        expect(limit).toBeLessThanOrEqual(2.2);
        expect(goodput).toBeGreaterThanOrEqual(0.75);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
