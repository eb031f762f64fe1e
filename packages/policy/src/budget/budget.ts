import type { BudgetSettings } from '../call/settings.ts';
import { BucketRing } from '../time/bucket-ring.ts';

/**
 * Tasks and failures count for ten buckets: the newest is filling, so a little less than the
 * window.
 */
const bucketCount = 10;
/**
 * Withdrawals count for one bucket more, so a little more than the window: never over, in any
 * window.
 */
const ringCount = bucketCount + 1;
/** Decimal shares are not exact in binary: 0.29 × 100 is a little less than 29. */
const tolerance = 1e-9;

/** The series of its ring. */
export const tasks = 0;
export const withdrawals = 1;
export const failures = 2;
const seriesCount = 3;

/**
 * How much extra work may be decided: retries and second fallbacks, charged when they are decided,
 * so that work which sleeps in a back-off has been paid for. One instance may serve one client, or
 * be shared by many.
 *
 * Windowed (after Finagle's `RetryBudget`): at each withdrawal, those of the last `withinMs` are at
 * most share × tasks of the last `withinMs` + floor × window, exactly; buckets make it at most a
 * tenth stricter, never laxer. With `bucketTokens` (Brooker, "Fixing retries with token buckets and
 * circuit breakers", 2022): the bucket starts full, each task adds `share`, each second the floor;
 * a withdrawal takes 1 and needs more than 1.
 */
export class RetryBudget {
  // `@internal`: for `memory.ts` and `reconfigure.ts` beside it. They are no methods of this class,
  // so that a bundle that does not use them does not hold them.
  /** @internal */
  share: number;
  /** @internal */
  floor: number;
  /** @internal */
  floorPerMs: number;
  /** @internal */
  bucketTokens: number | undefined;
  /** @internal */
  failureShareMax: number | undefined;
  /** @internal */
  ring: BucketRing;
  /** @internal */
  tokens: number;
  /** @internal */
  filledMs: number;

  constructor(settings: BudgetSettings, nowMs: number) {
    this.share = settings.share;
    this.floorPerMs = settings.floorPerSecond / 1000;
    this.floor = this.floorPerMs * settings.withinMs;
    this.bucketTokens = settings.bucketTokens;
    this.failureShareMax = settings.failureShareMax;
    this.ring = new BucketRing(settings.withinMs / bucketCount, ringCount, seriesCount);
    this.tokens = settings.bucketTokens ?? 0;
    this.filledMs = nowMs;
  }

  /** A first attempt begins. */
  taskStarted(nowMs: number): void {
    this.ring.advance(nowMs);
    this.ring.add(tasks);
    if (this.bucketTokens !== undefined) this.fill(this.share, this.bucketTokens);
  }

  /** An attempt failed, a first one or a later one. */
  attemptFailed(nowMs: number): void {
    this.ring.advance(nowMs);
    this.ring.add(failures);
  }

  /**
   * Whether one piece of extra work may be decided now. True: it is charged.
   */
  tryWithdraw(nowMs: number): boolean {
    if (this.left(nowMs) < 1) return false;
    this.ring.add(withdrawals);
    this.tokens -= 1;
    return true;
  }

  /** What was charged at that time is not done: nobody waits for it any more. */
  giveBack(chargedMs: number, nowMs: number): void {
    this.ring.advance(nowMs);
    this.ring.takeOut(withdrawals, chargedMs);
    if (this.bucketTokens !== undefined) this.fill(1, this.bucketTokens);
  }

  /** How many withdrawals would succeed now, one after the other. A whole number, at least 0. */
  left(nowMs: number): number {
    this.ring.advance(nowMs);
    if (this.tooManyFailures()) return 0;
    if (this.bucketTokens !== undefined) return this.leftInBucket(nowMs, this.bucketTokens);
    const allowed = this.share * this.recent(tasks) + this.floor;
    return Math.max(0, Math.floor(allowed - this.ring.total(withdrawals) + tolerance));
  }

  private leftInBucket(nowMs: number, size: number): number {
    const elapsedMs = nowMs - this.filledMs;
    if (elapsedMs > 0) {
      this.fill(elapsedMs * this.floorPerMs, size);
      this.filledMs = nowMs;
    }
    // More than 1 is needed: of exactly 5 tokens the fifth stays.
    return Math.max(0, Math.ceil(this.tokens - tolerance) - 1);
  }

  private fill(tokens: number, size: number): void {
    this.tokens = Math.min(size, this.tokens + tokens);
  }

  private tooManyFailures(): boolean {
    if (this.failureShareMax === undefined) return false;
    return this.recent(failures) > this.failureShareMax * this.recent(tasks) + tolerance;
  }

  /** @internal The ring without the bucket that only withdrawals still count in. */
  recent(series: number): number {
    return this.ring.total(series) - this.ring.oldest(series);
  }
}
