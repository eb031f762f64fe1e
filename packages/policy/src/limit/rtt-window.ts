/** Each power of two is cut into this many buckets: a quantile is exact to 1/32, 3 %. */
const bucketsPerOctave = 32;
const octaveBits = 5;
/** Below this many microseconds every bucket is one wide. */
const exactUs = 2 * bucketsPerOctave;
/** Half an hour, the longest that a signed 32-bit number of microseconds holds. */
const longestUs = 2 ** 31 - 1;
const bucketCount = (30 - octaveBits) * bucketsPerOctave + exactUs;
const usPerMs = 1000;

/**
 * The durations of the attempts of one window, as a histogram of fixed size: nothing is allocated
 * for a sample, and the quantile does not depend on the order of the samples.
 */
export class RttWindow {
  /** How many durations it holds. */
  size: number = 0;
  /** The most attempts in flight that any of them saw when it began. */
  maxInFlight: number = 0;
  private readonly counts: Uint32Array = new Uint32Array(bucketCount);

  /** @param inFlight Attempts in flight when this one began, itself included. */
  add(durationMs: number, inFlight: number): void {
    const bucket = bucketOf(durationMs);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.size++;
    this.sawInFlight(inFlight);
  }

  /** An attempt without a duration saw so many in flight when it began. */
  sawInFlight(inFlight: number): void {
    if (inFlight > this.maxInFlight) this.maxInFlight = inFlight;
  }

  /** In milliseconds; `share` in 0..1. Linear within a bucket. 0 where there is nothing. */
  quantileMs(share: number): number {
    const rank = share * this.size;
    let below = 0;
    for (const [bucket, count] of this.counts.entries()) {
      if (count > 0 && below + count >= rank) {
        const part = (rank - below) / count;
        return (lowerUs(bucket) + part * (lowerUs(bucket + 1) - lowerUs(bucket))) / usPerMs;
      }
      below += count;
    }
    return 0;
  }

  clear(): void {
    this.counts.fill(0);
    this.size = 0;
    this.maxInFlight = 0;
  }
}

function bucketOf(durationMs: number): number {
  const us = Math.max(0, Math.min(longestUs, Math.floor(durationMs * usPerMs)));
  if (us < exactUs) return us;
  const shift = 31 - Math.clz32(us) - octaveBits;
  return shift * bucketsPerOctave + (us >>> shift);
}

function lowerUs(bucket: number): number {
  if (bucket < exactUs) return bucket;
  const shift = Math.floor(bucket / bucketsPerOctave) - 1;
  return (bucket - shift * bucketsPerOctave) * 2 ** shift;
}
