/**
 * Counts of several series over a moving window, exact: a ring of buckets that follows the clock by
 * itself. It covers the bucket that now is in and those before it, `bucketCount` in all, so between
 * `bucketCount − 1` and `bucketCount` bucket lengths. A gap in time longer than the ring clears it:
 * nothing old survives an idle spell.
 */
export class BucketRing {
  /** @internal */
  readonly bucketMs: number;
  private readonly bucketCount: number;
  private readonly seriesCount: number;
  /** @internal */
  readonly counts: Float64Array;
  /** @internal */
  readonly totals: Float64Array;
  /** Which bucket of all time the newest one is. */
  private newest: number = 0;
  private newestEndMs: number = -Infinity;
  /** @internal Where the newest bucket begins in `counts`. */
  offset: number = 0;

  constructor(bucketMs: number, bucketCount: number, seriesCount: number) {
    this.bucketMs = bucketMs;
    this.bucketCount = bucketCount;
    this.seriesCount = seriesCount;
    this.counts = new Float64Array(bucketCount * seriesCount);
    this.totals = new Float64Array(seriesCount);
  }

  /**
   * To be told the time before anything is counted or read. Time that runs backwards is taken as
   * standing still.
   */
  advance(nowMs: number): void {
    if (nowMs < this.newestEndMs) return;
    const bucket = Math.floor(nowMs / this.bucketMs);
    const passed = bucket - this.newest;
    if (this.newestEndMs === -Infinity || passed >= this.bucketCount) this.clear();
    else for (let step = 0; step < passed; step++) this.forgetOldest();
    this.newest = bucket;
    this.newestEndMs = (bucket + 1) * this.bucketMs;
  }

  /** Counts one of `series`, from 0. */
  add(series: number): void {
    this.counts[this.offset + series]! += 1;
    this.totals[series]! += 1;
  }

  /** Takes one of `series` out that was counted at that time. Does nothing when it has gone. */
  takeOut(series: number, countedMs: number): void {
    const age = this.newest - Math.floor(countedMs / this.bucketMs);
    if (!(age >= 0 && age < this.bucketCount)) return;
    const length = this.counts.length;
    const index = ((this.offset + length - age * this.seriesCount) % length) + series;
    if (!(this.counts[index]! > 0)) return;
    this.counts[index]! -= 1;
    this.totals[series]! -= 1;
  }

  /** How many of `series` the ring holds. */
  total(series: number): number {
    return this.totals[series]!;
  }

  /** How many of `series` are in the oldest bucket, the next to go. */
  oldest(series: number): number {
    return this.counts[this.nextOffset() + series]!;
  }

  clear(): void {
    this.counts.fill(0);
    this.totals.fill(0);
  }

  private forgetOldest(): void {
    this.offset = this.nextOffset();
    for (let series = 0; series < this.seriesCount; series++) {
      const index = this.offset + series;
      this.totals[series]! -= this.counts[index]!;
      this.counts[index] = 0;
    }
  }

  private nextOffset(): number {
    const next = this.offset + this.seriesCount;
    return next === this.counts.length ? 0 : next;
  }
}
