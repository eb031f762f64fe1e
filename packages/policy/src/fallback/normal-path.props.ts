import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NormalPath } from './normal-path.ts';

const answer = fc.tuple(fc.constantFrom(0, 1, 10, 100, 999, 20_000), fc.boolean());
const answers = fc.array(answer, { maxLength: 300, size: 'max' });

interface Moment {
  readonly atMs: number;
  readonly isByFallback: boolean;
}

/** The share of the answers in the window that the buckets cover; undefined: too few to say. */
function shareOf(moments: readonly Moment[], nowMs: number): number | undefined {
  const from = (Math.floor(nowMs / 1000) - 9) * 1000;
  const recent = moments.filter(({ atMs }) => atMs >= from);
  if (recent.length < 20) return undefined;
  return recent.filter(({ isByFallback }) => isByFallback).length / recent.length;
}

describe('the normal path', () => {
  it('is the fallback from more than half of the answers on, until less than a quarter', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const path = new NormalPath();
        const moments: Moment[] = [];
        let nowMs = 0;
        let sinceMs = -1;
        for (const [gapMs, isByFallback] of list) {
          nowMs += gapMs;
          path.answered(isByFallback, nowMs);
          moments.push({ atMs: nowMs, isByFallback });
          const share = shareOf(moments, nowMs);
          if (share !== undefined && sinceMs < 0 && share > 0.5) sinceMs = nowMs;
          else if (share !== undefined && sinceMs >= 0 && share < 0.25) sinceMs = -1;
          expect(path.fallbackMs(nowMs + 5)).toBe(sinceMs < 0 ? 0 : nowMs + 5 - sinceMs);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('tells of each change, in turn', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const path = new NormalPath();
        const told: boolean[] = [];
        path.onChange = (isFallback) => told.push(isFallback);
        let nowMs = 0;
        for (const [gapMs, isByFallback] of list) {
          nowMs += gapMs;
          path.answered(isByFallback, nowMs);
        }
        expect(told).toEqual(told.map((_, index) => index % 2 === 0));
        // Even where it became the normal path in this very millisecond.
        expect(path.fallbackMs(nowMs + 1) > 0).toBe(told.at(-1) ?? false);
      }),
      { numRuns: 100 },
    );
  });
});
