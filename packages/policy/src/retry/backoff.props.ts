import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Jitter } from '../call/settings.ts';
import { stream } from '../random/streams.ts';
import { portable } from '../random/elementary.ts';
import { backoffDelayMs } from './backoff.ts';

const jitter: fc.Arbitrary<Jitter> = fc.oneof(
  fc.constantFrom<Jitter[]>('none', 'full', 'equal', 'decorrelated', 'smooth'),
  fc.double({ min: 0.01, max: 1, noNaN: true }),
);
const settings = fc.record({
  baseMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e5, noNaN: true })),
  capMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e7, noNaN: true })),
  factor: fc.double({ min: 1, max: 1000, noNaN: true }),
  jitter,
});
const attempt = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(1e3, 1e6, 2 ** 31));

/** The f(t) of Polly's `RetryHelper`. */
function growth(t: number): number {
  return 2 ** t * Math.tanh(Math.sqrt(4 * t));
}

describe('back-off', () => {
  it('is never negative, never above the cap, and always a number', () => {
    fc.assert(
      fc.property(
        settings,
        attempt,
        fc.integer(),
        fc.nat(1e6),
        (backoff, failed, seed, previous) => {
          const random = stream(seed, 'backoff', 'property');
          const delayMs = backoffDelayMs(backoff, failed, previous, random, previous * 2, portable);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(backoff.capMs);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('stays finite without a cap, after a million attempts', () => {
    fc.assert(
      fc.property(settings, fc.integer(), (backoff, seed) => {
        const random = stream(seed, 'backoff', 'property');
        const uncapped = { ...backoff, capMs: Infinity };
        let previousMs = 0;
        let waitedMs = 0;
        for (const failed of [1, 2, 3, 1000, 1_000_000]) {
          previousMs = backoffDelayMs(uncapped, failed, previousMs, random, waitedMs, portable);
          waitedMs += previousMs;
          expect(Number.isFinite(previousMs)).toBe(true);
        }
      }),
    );
  });

  it('never draws a shorter range for a later attempt', () => {
    const exponential = settings.filter(
      (one) => one.jitter !== 'decorrelated' && one.jitter !== 'smooth',
    );
    fc.assert(
      fc.property(
        exponential,
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (backoff, failed, dice) => {
          const random = { next: (): number => dice };
          const sooner = backoffDelayMs(backoff, failed, 0, random, 0, portable);
          expect(
            backoffDelayMs(backoff, failed + 1, 0, random, 0, portable),
          ).toBeGreaterThanOrEqual(sooner);
        },
      ),
    );
  });

  it('smooth: attempts come in order, each within its own step of the growth', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 1, max: 1000, noNaN: true }), (seed, baseMs) => {
        const random = stream(seed, 'backoff', 'property');
        const backoff = { baseMs, capMs: 1e12, factor: 2, jitter: 'smooth' as const };
        let waitedMs = 0;
        for (let failed = 1; failed <= 20; failed++) {
          waitedMs += backoffDelayMs(backoff, failed, 0, random, waitedMs, portable);
          const t = failed - 1;
          expect((waitedMs / baseMs) * 1.4).toBeGreaterThanOrEqual(growth(t) * (1 - 1e-9));
          expect((waitedMs / baseMs) * 1.4).toBeLessThanOrEqual(growth(t + 1) * (1 + 1e-9));
        }
      }),
    );
  });
});
