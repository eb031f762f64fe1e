/** Each power of two is cut into so many buckets: a value is known to about 6 %. */
const STEPS_PER_OCTAVE = 16;

/** Values are counted in microseconds, as integers of 31 bits: up to 35 minutes. */
const UNITS_PER_MS = 1000;
const LARGEST = 2 ** 31 - 1;

/** The first 32 units have a bucket each; the 26 octaves above them have 16. */
const BUCKETS = STEPS_PER_OCTAVE * 2 + 26 * STEPS_PER_OCTAVE;

/**
 * The quantile is looked up again when the values have grown by this share since: a look-up costs a
 * walk over the buckets, and a quantile moves slowly.
 */
const NEWS_SHARE = 1 / 16;

/** ... and by at least this many. */
const NEWS_LEAST = 4;

/** A quantile is known when so many values are expected beyond it. */
const BEYOND_LEAST = 2;

/**
 * A quantile of the durations of the recent past, between half and all of a window: two tables of
 * logarithmic buckets, of which the older is emptied and becomes the newer every half window.
 * Recording is O(1) and allocates nothing; the same values give the same quantile everywhere.
 */
export class RecentDurations {
  private readonly quantile: number;
  private readonly halfMs: number;
  private newer: Uint32Array = new Uint32Array(BUCKETS);
  private older: Uint32Array = new Uint32Array(BUCKETS);
  private newerCount: number = 0;
  private olderCount: number = 0;
  private halfEndMs: number = -Infinity;
  private knownMs: number = Infinity;
  private recordedSince: number = 0;
  private nextLook: number = 0;

  /** @param quantile Between 0 and 1, both excluded. */
  constructor(quantile: number, windowMs: number) {
    this.quantile = quantile;
    this.halfMs = windowMs / 2;
  }

  record(durationMs: number, nowMs: number): void {
    this.advance(nowMs);
    const bucket = bucketOf(durationMs);
    this.newer[bucket] = (this.newer[bucket] ?? 0) + 1;
    this.newerCount++;
    this.recordedSince++;
  }

  /** In milliseconds. Infinity: too few values are known to tell. */
  valueMs(nowMs: number): number {
    this.advance(nowMs);
    if (this.recordedSince >= this.nextLook) this.look();
    return this.knownMs;
  }

  private advance(nowMs: number): void {
    if (nowMs < this.halfEndMs) return;
    const emptied = this.older;
    const isIdle = nowMs >= this.halfEndMs + this.halfMs;
    emptied.fill(0);
    if (isIdle) this.newer.fill(0);
    this.older = this.newer;
    this.olderCount = isIdle ? 0 : this.newerCount;
    this.newer = emptied;
    this.newerCount = 0;
    this.halfEndMs = nowMs + this.halfMs;
    this.nextLook = 0;
  }

  private look(): void {
    const count = this.newerCount + this.olderCount;
    this.recordedSince = 0;
    this.nextLook = Math.max(NEWS_LEAST, Math.floor(count * NEWS_SHARE));
    const isKnown = count * (1 - this.quantile) >= BEYOND_LEAST;
    this.knownMs = isKnown ? this.find(count * this.quantile) : Infinity;
  }

  /** The value that `rank` of the values are below, linear within its bucket. */
  private find(rank: number): number {
    let before = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const here = (this.newer[bucket] ?? 0) + (this.older[bucket] ?? 0);
      if (before + here >= rank && here > 0) {
        const from = lowestOf(bucket);
        const units = from + (lowestOf(bucket + 1) - from) * ((rank - before) / here);
        return units / UNITS_PER_MS;
      }
      before += here;
    }
    return Infinity;
  }
}

function bucketOf(durationMs: number): number {
  const units = Math.min(LARGEST, Math.max(0, Math.floor(durationMs * UNITS_PER_MS)));
  if (units < STEPS_PER_OCTAVE * 2) return units;
  // So far to the right that five bits are left: the leading one, and four that say which step.
  const shift = 27 - Math.clz32(units);
  return (units >>> shift) + shift * STEPS_PER_OCTAVE;
}

/** The lowest value of a bucket, in units. */
function lowestOf(bucket: number): number {
  if (bucket < STEPS_PER_OCTAVE * 2) return bucket;
  const shift = Math.floor(bucket / STEPS_PER_OCTAVE) - 1;
  return (bucket - shift * STEPS_PER_OCTAVE) * 2 ** shift;
}
