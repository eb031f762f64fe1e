import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketRing } from './bucket-ring.ts';

const bucketMs = 10;
const bucketCount = 5;
/** Whole milliseconds, often on the edge of a bucket, at times longer than the ring. */
const gap = fc.oneof(
  { weight: 8, arbitrary: fc.nat(12) },
  { weight: 2, arbitrary: fc.constantFrom(10, 49, 50, 51) },
  { weight: 1, arbitrary: fc.nat(1000) },
);

describe('the ring of buckets', () => {
  it('holds exactly what happened in its buckets, whatever the gaps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(gap, fc.nat(1)), { maxLength: 200 }),
        fc.nat(1e9),
        (steps, start) => {
          const ring = new BucketRing(bucketMs, bucketCount, 2);
          const happened: { atMs: number; series: number }[] = [];
          let nowMs = start;
          for (const [gapMs, series] of steps) {
            nowMs += gapMs;
            ring.advance(nowMs);
            ring.add(series);
            happened.push({ atMs: nowMs, series });
            const newest = Math.floor(nowMs / bucketMs);
            const within = (count: number): number =>
              happened.filter(
                (one) => one.series === 1 && one.atMs >= (newest - count + 1) * bucketMs,
              ).length;
            expect(ring.total(1)).toBe(within(bucketCount));
            expect(ring.total(1) - ring.oldest(1)).toBe(within(bucketCount - 1));
          }
        },
      ),
    );
  });

  it('lets go of what is taken out, and of nothing else', () => {
    const steps = fc.array(fc.tuple(gap, fc.boolean(), fc.nat(200)), { maxLength: 100 });
    fc.assert(
      fc.property(steps, fc.nat(1000), (given, start) => {
        const ring = new BucketRing(bucketMs, bucketCount, 2);
        let counted: number[] = [];
        let nowMs = start;
        ring.advance(nowMs);
        for (const [gapMs, adds, which] of given) {
          nowMs += gapMs;
          ring.advance(nowMs);
          const out = counted[which % Math.max(1, counted.length)];
          if (adds) {
            ring.add(1);
            counted.push(nowMs);
          } else if (out !== undefined) {
            ring.takeOut(1, out);
            counted = counted.toSpliced(counted.indexOf(out), 1);
          }
          const firstMs = (Math.floor(nowMs / bucketMs) - bucketCount + 1) * bucketMs;
          expect(ring.total(1)).toBe(counted.filter((atMs) => atMs >= firstMs).length);
          expect(ring.total(0)).toBe(0);
        }
      }),
    );
  });

  it('holds nothing after an idle time of its own length', () => {
    fc.assert(
      fc.property(fc.array(gap, { minLength: 1, maxLength: 50 }), fc.nat(1000), (gaps, more) => {
        const ring = new BucketRing(bucketMs, bucketCount, 1);
        let nowMs = 0;
        for (const gapMs of gaps) {
          nowMs += gapMs;
          ring.advance(nowMs);
          ring.add(0);
        }
        ring.advance(nowMs + bucketMs * bucketCount + more);
        expect(ring.total(0)).toBe(0);
        expect(ring.oldest(0)).toBe(0);
      }),
    );
  });

  it('takes time that runs backwards as standing still', () => {
    const ring = new BucketRing(bucketMs, bucketCount, 1);
    ring.advance(100);
    ring.add(0);
    ring.advance(20);
    ring.add(0);
    expect(ring.total(0)).toBe(2);
    ring.advance(149);
    expect(ring.total(0)).toBe(2);
    ring.advance(150);
    expect(ring.total(0)).toBe(0);
  });
});
