import type { AdaptiveSettings } from '../call/settings.ts';
import { Correlation } from './correlation.ts';
import { MovingAverage } from './moving-average.ts';
import { MovingMedian } from './moving-median.ts';
import { RttWindow } from './rtt-window.ts';

/** A window ends when it has so many results, so that its 90th percentile means something … */
const fewestResults = 50;
/** … and lasted so long: shorter ones see the noise of single bursts. */
const shortestWindowMs = 1000;
/** However slow the dependency is, the next window ends after this. */
const longestWindowMs = 30_000;
/** A window lasts two of its typical durations at least, or it would hold the short ones only. */
const durationsPerWindow = 2;
const quantile = 0.9;
/** Windows that the median and the average of recent durations smooth over. */
const smoothedWindows = 5;
/** Windows that the baseline remembers. */
const baselineWindows = 10;
const correlatedWindows = 50;
/** The limit is at most this many times the most attempts in flight: room for a burst. */
const headroom = 5;
/** In slots that would be waiting, times log10(limit), as in TCP Vegas and its heirs. */
const queueToGrow = 3;
const queueToShrink = 6;

/**
 * Finds how many attempts in flight a dependency takes without queueing, from what they show: the
 * algorithm of failsafe-go's adaptive limiter (after TCP Vegas and Uber's Cinnamon).
 *
 * Each window gives one 90th percentile of the durations, smoothed by a median and an average; a
 * longer average of it is the baseline. Their ratio says how many of the slots would be queueing at
 * the dependency: few, and the limit grows; many, and it shrinks; each time by log10 of itself, at
 * least 1. What the ratio cannot tell, a load that has gone on for so long that the baseline has
 * followed, shows in correlations: when all slots are in use and more of them bring no more
 * throughput but longer durations, the limit shrinks.
 *
 * It decides nothing about single calls: it is told what each attempt showed, and `limit` is the
 * answer.
 */
export class AdaptiveLimit {
  /** Attempts that may be in flight now: a whole number from `min` to `max`. */
  limit: number;
  private readonly min: number;
  private readonly max: number;
  private readonly window: RttWindow = new RttWindow();
  private readonly median: MovingMedian = new MovingMedian(smoothedWindows);
  private readonly recent: MovingAverage = new MovingAverage(smoothedWindows);
  private readonly baseline: MovingAverage = new MovingAverage(baselineWindows);
  private readonly throughputs: Correlation = new Correlation(correlatedWindows);
  private readonly durations: Correlation = new Correlation(correlatedWindows);
  private windowStartMs: number = -Infinity;
  private windowEndMs: number = -Infinity;

  constructor(settings: AdaptiveSettings) {
    this.limit = settings.initial;
    this.min = settings.min;
    this.max = settings.max;
  }

  /**
   * An attempt was answered. Returns whether that moved the limit.
   *
   * @param startMs When it got its slot. Attempts from before this window showed another limit, and
   * are left out.
   * @param inFlight Attempts in flight when it began, itself included.
   * @param isFull Whether all slots are in use now, this one included.
   */
  answered(startMs: number, inFlight: number, isFull: boolean, nowMs: number): boolean {
    if (startMs < this.windowStartMs) return false;
    if (this.windowStartMs === -Infinity) this.begin(nowMs, 0);
    this.window.add(nowMs - startMs, inFlight);
    if (nowMs < this.windowEndMs || this.window.size < fewestResults) return false;
    const before = this.limit;
    this.update(isFull);
    this.begin(nowMs, this.recent.value);
    return this.limit !== before;
  }

  private begin(nowMs: number, durationMs: number): void {
    this.window.clear();
    const lengthMs = Math.max(shortestWindowMs, durationsPerWindow * durationMs);
    this.windowStartMs = nowMs;
    this.windowEndMs = nowMs + Math.min(lengthMs, longestWindowMs);
  }

  private update(isFull: boolean): void {
    const inFlight = this.window.maxInFlight;
    const recentMs = this.recent.add(this.median.add(this.window.quantileMs(quantile)));
    const baselineMs = this.baseline.add(recentMs);
    const queue = Math.ceil(this.limit * (1 - baselineMs / recentMs));
    this.throughputs.add(inFlight, inFlight / recentMs);
    this.durations.add(inFlight, recentMs);
    const step = stepOf(this.limit);
    if (queue > queueToShrink * step || (isFull && this.isOverloaded()))
      this.moveTo(this.limit - step, inFlight);
    else if (queue < queueToGrow * step) this.moveTo(this.limit + step, inFlight);
  }

  private isOverloaded(): boolean {
    const { throughputs, durations } = this;
    if (throughputs.value < 0) return true;
    const isSlower = durations.value > 0.5;
    return isSlower && (throughputs.value < 0.3 || throughputs.variationOfY < 0.2);
  }

  private moveTo(wanted: number, inFlight: number): void {
    const roof = Math.max(
      headroom * inFlight,
      this.limit < headroom * inFlight ? 0 : this.limit - stepOf(this.limit),
    );
    this.limit = Math.max(this.min, Math.min(this.max, wanted, roof));
  }
}

/** The whole part of log10, at least 1. */
function stepOf(limit: number): number {
  let step = 1;
  for (let power = 100; power <= limit; power *= 10) step++;
  return step;
}
