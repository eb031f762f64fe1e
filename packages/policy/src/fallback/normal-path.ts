import { BucketRing } from '../time/bucket-ring.ts';

/** More of the answers come from the fallback than from the dependency: it is the normal path. */
const entersAtShare = 0.5;
/** And stays it until three of four answers are the dependency's: one that flickers is not back. */
const leavesAtShare = 0.25;
/** Shares of fewer answers are mostly chance. */
const answersNeeded = 20;
/** The window over which answers are counted, in ten buckets. */
const bucketMs = 1000;
const bucketCount = 10;

const answers = 0;
const byFallback = 1;

/**
 * Whether the fallback has become the normal path, and since when. A fallback hides a failure: one
 * that has answered for weeks, and that nobody knows of, is the system now, without the capacity,
 * the tests and the alarms of one.
 *
 * The share of the answers of the last ten seconds, with hysteresis; calls that nobody answered are
 * not counted. Without calls nothing changes. Told the time, it answers at once.
 */
export class NormalPath {
  /** Told of each change. */
  onChange: ((isFallback: boolean) => void) | undefined = undefined;
  private readonly ring: BucketRing = new BucketRing(bucketMs, bucketCount, 2);
  private sinceMs: number = -1;

  /** A call was answered. */
  answered(isByFallback: boolean, nowMs: number): void {
    const { ring } = this;
    ring.advance(nowMs);
    ring.add(answers);
    if (isByFallback) ring.add(byFallback);
    const all = ring.total(answers);
    if (all < answersNeeded) return;
    const share = ring.total(byFallback) / all;
    if (this.sinceMs < 0 ? share > entersAtShare : share < leavesAtShare) this.change(nowMs);
  }

  /** For how long the fallback has been the normal path, in milliseconds. 0: it is not. */
  fallbackMs(nowMs: number): number {
    return this.sinceMs < 0 ? 0 : nowMs - this.sinceMs;
  }

  private change(nowMs: number): void {
    this.sinceMs = this.sinceMs < 0 ? nowMs : -1;
    this.onChange?.(this.sinceMs >= 0);
  }
}
