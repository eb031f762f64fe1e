import type { AdaptiveSettings } from '../call/settings.ts';
import { DurationHistogram } from '../time/duration-histogram.ts';
import { Correlation } from './correlation.ts';
import { MovingAverage } from './moving-average.ts';
import { MovingMedian } from './moving-median.ts';

/** A window ends when it has so many results, so that its 90th percentile means something … */
const fewestResults = 50;
/** … and lasted so long: shorter ones see the noise of single bursts. */
const shortestWindowMs = 1000;
/** However slow the dependency is, the next window ends after this. */
const longestWindowMs = 30_000;
/** A window lasts two of its typical durations at least, or it would hold the short ones only. */
const durationsPerWindow = 2;
const quantile = 0.9;
/** A quantile is exact to 3 %. */
const stepBits = 5;
/** Windows that the median and the average of recent durations smooth over. */
const smoothedWindows = 5;
/** Windows that the baseline remembers. */
const baselineWindows = 10;
const correlatedWindows = 50;
/** Durations vary by some percent from window to window without any reason. */
const clearlyShorter = 0.9;
/** The limit is at most this many times the most attempts in flight: room for a burst. */
const headroom = 5;
/** In slots that would be queueing, times log10(limit), as in TCP Vegas and its heirs. */
const queueToGrow = 3;
const queueToShrink = 6;
/** Correlations of failsafe-go: below `weak` throughput does not follow the attempts in flight … */
const weak = 0.3;
/** … above `clear` durations do, or, while attempts are lost, throughput does after all. */
const clear = 0.5;
/** Throughput that varies by less has not followed anything. */
const steadyVariation = 0.2;
/**
 * After so many windows in which all slots were in use and the limit stood still it goes down a
 * step, to see what it is good for: correlations need some movement.
 */
const stillWindows = 10;
/** How much of the limit is left after a window of losses (the default of Netflix's AIMD limit). */
const leftAfterLoss = 0.9;
/**
 * The mean of durations as a share of their 90th percentile, from above: 0.43 where they are
 * exponential. With 0.5 random servers lose up to 18 % of their throughput to a limit that dips
 * below what they need, with this 8 %; with 0.7 the limit rises to 4 times that, with this to 2.2.
 */
const meanPerQuantile = 0.6;

/**
 * Finds how many attempts in flight a dependency takes without queueing, from what they show. After
 * failsafe-go's adaptive limiter, a descendant of TCP Vegas and Uber's Cinnamon.
 *
 * Each window gives one 90th percentile of the durations, smoothed by a median and an average; a
 * longer average of it is the baseline. Their ratio says how many of the slots are queueing at the
 * dependency: few, and the limit grows; many, and it shrinks; each time by log10 of itself, and by
 * 1 at least. What the ratio cannot tell shows in correlations: when all slots are in use, and more
 * of them bring longer durations but no more throughput, the limit shrinks.
 *
 * Against drift it differs in five ways. Throughput is counted, not derived from durations, so that
 * it is right while attempts are lost. The baseline learns nothing from durations that are longer
 * while all slots are in use, unless fewer are in flight than when it was learned: a queue of our
 * own making is not the normal state, however long it lasts (failsafe-go#127). When a tenth of the
 * attempts are lost, refused or timed out, the percentile is beyond the answers: unless throughput
 * follows the attempts in flight the limit shrinks by a tenth, and never grows on the durations of
 * the few that got through (Netflix concurrency-limits#137). And without losses it does not shrink
 * below what the throughput needs by Little's law, which the smoothed signals tell too late. And a
 * limit that stands still while all slots are in use tries a step down, because correlations tell
 * nothing of what does not move.
 *
 * It decides nothing about single calls: it is told what each attempt showed, and `limit` is the
 * answer.
 */
export class AdaptiveLimit {
  /** Attempts that may be in flight now: a whole number from `min` to `max`. */
  limit: number;
  private min: number;
  private max: number;
  private readonly median: MovingMedian = new MovingMedian(smoothedWindows);
  private readonly recent: MovingAverage = new MovingAverage(smoothedWindows);
  private readonly baseline: MovingAverage = new MovingAverage(baselineWindows);
  /** The attempts in flight with which the baseline was learned. */
  private readonly baselineInFlight: MovingAverage = new MovingAverage(baselineWindows);
  /** How throughput, and how durations, move with the attempts in flight. */
  private readonly throughputs: Correlation = new Correlation(correlatedWindows);
  private readonly durations: Correlation = new Correlation(correlatedWindows);

  private windowStartMs: number = -Infinity;
  private windowEndMs: number = -Infinity;
  private readonly window: DurationHistogram = new DurationHistogram(stepBits);
  /** Of the window: the most attempts in flight that any saw when it began. */
  private maxInFlight: number = 0;
  /** Of the window: attempts that were answered, those from before it included. */
  private answers: number = 0;
  /** Of the window: attempts that were lost, and results that came while all slots were in use. */
  private losses: number = 0;
  private fullResults: number = 0;
  /** Windows one after the other in which the limit stood still though all slots were in use. */
  private still: number = 0;

  constructor(settings: AdaptiveSettings) {
    this.limit = settings.initial;
    this.min = settings.min;
    this.max = settings.max;
  }

  /**
   * An attempt succeeded. Returns whether that moved the limit.
   *
   * @param startMs When it got its slot. Attempts from before this window showed another limit, and
   * their durations are left out.
   * @param inFlight Attempts in flight when it began, itself included.
   * @param isFull Whether all slots are in use now, this one included.
   */
  answered(startMs: number, inFlight: number, isFull: boolean, nowMs: number): boolean {
    if (this.windowEndMs === -Infinity) this.begin(startMs);
    this.answers++;
    if (startMs < this.windowStartMs) return false;
    this.window.add(nowMs - startMs);
    return this.tookResult(inFlight, isFull, nowMs);
  }

  /** An attempt was refused for load, or not answered in time. Otherwise as `answered`. */
  lost(startMs: number, inFlight: number, isFull: boolean, nowMs: number): boolean {
    if (this.windowEndMs === -Infinity) this.begin(startMs);
    if (startMs < this.windowStartMs) return false;
    this.losses++;
    return this.tookResult(inFlight, isFull, nowMs);
  }

  /** Goes on from what it has found, within other bounds. */
  reconfigure({ min, max }: AdaptiveSettings): void {
    this.min = min;
    this.max = max;
    this.goOnFrom(this.limit);
  }

  /** Goes on from what another has found, within its own bounds. */
  goOnFrom(limit: number): void {
    this.limit = Math.max(this.min, Math.min(this.max, limit));
  }

  private tookResult(inFlight: number, isFull: boolean, nowMs: number): boolean {
    if (inFlight > this.maxInFlight) this.maxInFlight = inFlight;
    if (isFull) this.fullResults++;
    if (nowMs < this.windowEndMs || this.window.size + this.losses < fewestResults) return false;
    const before = this.limit;
    this.update(nowMs - this.windowStartMs);
    this.begin(nowMs);
    return this.limit !== before;
  }

  private begin(nowMs: number): void {
    this.window.clear();
    this.maxInFlight = 0;
    this.answers = 0;
    this.losses = 0;
    this.fullResults = 0;
    const lengthMs = Math.max(shortestWindowMs, durationsPerWindow * this.recent.value);
    this.windowStartMs = nowMs;
    this.windowEndMs = nowMs + Math.min(lengthMs, longestWindowMs);
  }

  /** The window is over. */
  private update(lengthMs: number): void {
    const { window, losses } = this;
    const results = window.size + losses;
    const isFull = 2 * this.fullResults >= results;
    const before = this.limit;
    const perMs = this.answers / lengthMs;
    this.throughputs.add(this.maxInFlight, perMs);
    if (losses > (1 - quantile) * results) this.moveBy(this.changeAfterLoss(isFull));
    else this.moveBy(this.changeAfterAnswers(isFull, perMs));
    this.still = isFull && this.limit === before ? this.still + 1 : 0;
  }

  private changeAfterLoss(isFull: boolean): number {
    const { limit } = this;
    const follows = this.throughputs.value;
    if (follows < weak) return Math.min(-stepOf(limit), Math.ceil(leftAfterLoss * limit) - limit);
    // Losses that do not depend on how many are in flight: a share that fails whatever we do.
    return isFull && follows > clear ? stepOf(limit) : 0;
  }

  private changeAfterAnswers(isFull: boolean, perMs: number): number {
    const inFlight = this.maxInFlight;
    const windowMs = this.window.quantileMs(quantile);
    const recentMs = this.recent.add(this.median.add(windowMs));
    // Not smoothed: what is smoothed comes later than the attempts in flight that it belongs to.
    this.durations.add(inFlight, windowMs);
    this.learnBaseline(recentMs, inFlight, isFull);
    const baselineMs = this.baseline.value;
    const queueing = Math.ceil(this.limit * (1 - baselineMs / recentMs));
    const step = stepOf(this.limit);
    const isNeeded = this.limit <= meanPerQuantile * baselineMs * perMs;
    const isTooMuch = queueing > queueToShrink * step || (isFull && this.bringsNothing());
    if (isTooMuch && !isNeeded) return -step;
    if (queueing < queueToGrow * step) return step;
    return isFull && !isNeeded && this.still >= stillWindows ? -step : 0;
  }

  private learnBaseline(recentMs: number, inFlight: number, isFull: boolean): void {
    const hasMore = isFull && inFlight > this.baselineInFlight.value;
    const isShorter = recentMs < clearlyShorter * this.baseline.value;
    if (this.baseline.value > 0 && hasMore && !isShorter) return;
    this.baseline.add(recentMs);
    this.baselineInFlight.add(inFlight);
  }

  /** Whether more attempts in flight made answers slower, and not more. */
  private bringsNothing(): boolean {
    const { throughputs, durations } = this;
    if (throughputs.value < 0) return true;
    if (durations.value <= clear) return false;
    return throughputs.value < weak || throughputs.variationOfY < steadyVariation;
  }

  private moveBy(change: number): void {
    const { limit, min, max } = this;
    const roof = headroom * this.maxInFlight;
    const wanted = limit + change;
    // Attempts in flight come and go: what is too high for them goes down step by step.
    const roofed = wanted > roof ? Math.max(roof, limit - stepOf(limit)) : wanted;
    this.limit = Math.max(min, Math.min(max, roofed));
  }
}

/** The whole part of log10, at least 1. */
function stepOf(limit: number): number {
  let step = 1;
  for (let power = 100; power <= limit; power *= 10) step++;
  return step;
}
