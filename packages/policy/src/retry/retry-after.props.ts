import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { parseHttpDate } from './http-date.ts';
import { parseRetryAfter, retryAfterDelayMs } from './retry-after.ts';

const date = fc
  .date({ noInvalidDate: true })
  .filter((one) => one.getUTCFullYear() >= 1 && one.getUTCFullYear() <= 9999);

describe('Retry-After', () => {
  it('reads every date as the engine writes it', () => {
    fc.assert(
      fc.property(date, (one) => {
        const wholeSeconds = Math.floor(one.getTime() / 1000) * 1000;
        expect(parseHttpDate(one.toUTCString(), 0)).toBe(wholeSeconds);
      }),
      { numRuns: 1000 },
    );
  });

  it('is a finite time from 0 on, or nothing, whatever the headers', () => {
    const header = fc.option(
      fc.oneof(
        fc.string(),
        fc.nat().map(String),
        date.map((one) => one.toUTCString()),
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(header, header, header, (retryAfter, retryAfterMs, sentAt) => {
        const waitMs = parseRetryAfter({ retryAfter, retryAfterMs, date: sentAt }, 1e12);
        if (waitMs === undefined) return;
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(waitMs)).toBe(true);
      }),
    );
  });

  it('is never waited for too short, nor more than half too long', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer(), (hintMs, seed) => {
        const delayMs = retryAfterDelayMs(hintMs, stream(seed, 'hint', 'property'));
        expect(delayMs).toBeGreaterThanOrEqual(hintMs);
        expect(delayMs).toBeLessThanOrEqual(1.5 * hintMs);
      }),
    );
  });
});
