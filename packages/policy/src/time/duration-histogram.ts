const usPerMs = 1000;
/** Half an hour, the longest that a signed 32-bit number of microseconds holds. */
const longestUs = 2 ** 31 - 1;

/**
 * Durations, counted in logarithmic buckets: of fixed size, nothing is allocated for one, and a
 * quantile does not depend on their order.
 */
export class DurationHistogram {
  /** How many durations it holds. */
  size: number = 0;
  private readonly stepBits: number;
  private readonly counts: Uint32Array;

  /**
   * @param stepBits Each power of two is cut into 2^stepBits buckets: 5 make a quantile exact to 3
   * %. Below twice so many microseconds every bucket is one wide.
   */
  constructor(stepBits: number) {
    this.stepBits = stepBits;
    this.counts = new Uint32Array((32 - stepBits) << stepBits);
  }

  /** In milliseconds. */
  add(durationMs: number): void {
    const us = Math.max(0, Math.min(longestUs, Math.floor(durationMs * usPerMs)));
    // So far to the right that the leading bit is left, and those that say which step.
    const shift = Math.max(0, 31 - Math.clz32(us) - this.stepBits);
    const bucket = (shift << this.stepBits) + (us >>> shift);
    this.counts[bucket]! += 1;
    this.size++;
  }

  /**
   * What this share of the durations here and in `other` is below, in milliseconds; linear within a
   * bucket. 0 where there are none.
   */
  quantileMs(share: number, other?: DurationHistogram): number {
    const rank = share * (this.size + (other?.size ?? 0));
    let below = 0;
    for (let bucket = 0; bucket < this.counts.length; bucket++) {
      const count = this.counts[bucket]! + (other?.counts[bucket] ?? 0);
      if (count > 0 && below + count >= rank) {
        const fromUs = this.lowestUs(bucket);
        const widthUs = this.lowestUs(bucket + 1) - fromUs;
        return (fromUs + (widthUs * (rank - below)) / count) / usPerMs;
      }
      below += count;
    }
    return 0;
  }

  clear(): void {
    this.counts.fill(0);
    this.size = 0;
  }

  private lowestUs(bucket: number): number {
    const shift = Math.max(0, (bucket >>> this.stepBits) - 1);
    return (bucket - (shift << this.stepBits)) * 2 ** shift;
  }
}
