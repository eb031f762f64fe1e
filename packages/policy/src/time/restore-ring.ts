import type { BucketRing } from './bucket-ring.ts';

/** Nothing but this many of each series, as if all of them had happened now. */
export function restoreRing(ring: BucketRing, counts: readonly number[], nowMs: number): void {
  ring.advance(nowMs);
  ring.clear();
  for (const [series, count] of counts.entries()) {
    ring.counts[ring.offset + series] = count;
    ring.totals[series] = count;
  }
}
