import type { BudgetSettings } from '../call/settings.ts';
import type { BudgetMemory } from './memory.ts';
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

const tasks = 0;
const withdrawals = 1;
const failures = 2;
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
  private share: number;
  private floor: number;
  private floorPerMs: number;
  private bucketTokens: number | undefined;
  private failureShareMax: number | undefined;
  private ring: BucketRing;
  private tokens: number;
  private filledMs: number;

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

  /** What was counted stays; a bucket keeps its tokens, as far as they fit. */
  reconfigure(settings: BudgetSettings, nowMs: number): void {
    // What has come in until now came in by the old settings.
    this.left(nowMs);
    const memory = this.memory(nowMs);
    const next = new RetryBudget(settings, nowMs);
    this.share = next.share;
    this.floor = next.floor;
    this.floorPerMs = next.floorPerMs;
    this.failureShareMax = next.failureShareMax;
    const isOther = next.ring.lengthMs !== this.ring.lengthMs;
    if (isOther) this.ring = next.ring;
    const had = this.bucketTokens !== undefined;
    this.bucketTokens = next.bucketTokens;
    if (isOther) this.ring.restore([memory.tasks, memory.withdrawals, memory.failures], nowMs);
    this.tokens = Math.min(had ? this.tokens : 0, this.bucketTokens ?? 0);
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

  /** What it would have to be told to go on elsewhere. */
  memory(nowMs: number): BudgetMemory {
    this.ring.advance(nowMs);
    return {
      tasks: this.recent(tasks),
      withdrawals: this.ring.total(withdrawals),
      failures: this.recent(failures),
      tokens: this.bucketTokens === undefined ? 0 : this.tokens,
    };
  }

  /** Goes on where that one was, as if all of it had happened now: exact again after a window. */
  restore(memory: BudgetMemory, nowMs: number): void {
    this.ring.restore([memory.tasks, memory.withdrawals, memory.failures], nowMs);
    this.tokens = Math.min(memory.tokens, this.bucketTokens ?? 0);
    this.filledMs = nowMs;
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

  /** The ring without the bucket that only withdrawals still count in. */
  private recent(series: number): number {
    return this.ring.total(series) - this.ring.oldest(series);
  }
}
