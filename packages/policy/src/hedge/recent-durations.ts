import { DurationHistogram } from '../time/duration-histogram.ts';

/** A value is known to about 6 %. */
const stepBits = 4;

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
 * A quantile of the durations of the recent past, between half and all of a window: two histograms,
 * of which the older is emptied and becomes the newer every half window.
 * Recording is O(1) and allocates nothing; the same values give the same quantile everywhere.
 */
export class RecentDurations {
  private readonly quantile: number;
  private readonly halfMs: number;
  private newer: DurationHistogram = new DurationHistogram(stepBits);
  private older: DurationHistogram = new DurationHistogram(stepBits);
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
    this.newer.add(durationMs);
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
    emptied.clear();
    if (nowMs >= this.halfEndMs + this.halfMs) this.newer.clear();
    this.older = this.newer;
    this.newer = emptied;
    this.halfEndMs = nowMs + this.halfMs;
    this.nextLook = 0;
  }

  private look(): void {
    const { newer, older, quantile } = this;
    const count = newer.size + older.size;
    this.recordedSince = 0;
    this.nextLook = Math.max(NEWS_LEAST, Math.floor(count * NEWS_SHARE));
    const isKnown = count * (1 - quantile) >= BEYOND_LEAST;
    this.knownMs = isKnown ? newer.quantileMs(quantile, older) : Infinity;
  }
}
