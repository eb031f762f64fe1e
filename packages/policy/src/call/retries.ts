import type { RetryBudget } from '../budget/budget.ts';
import type { Analysis } from '../random/analysis.ts';
import type { Random } from '../random/random.ts';
import { plainDelayMs } from '../retry/plain-backoff.ts';
import { retryAfterDelayMs } from '../retry/retry-after.ts';
import type { Call } from './call.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RetryStop } from './host.ts';
import { Reason, isLocalRejection } from './reason.ts';
import type { RetrySettings } from './settings.ts';

/** Decides whether an attempt that failed is followed by another, and when. */
export class Retries {
  /** Of the last decision against another attempt. */
  stop: RetryStop = 'attempts';

  private settings: RetrySettings;
  private readonly budget: RetryBudget | undefined;
  protected readonly random: Random;
  protected readonly analysis: Analysis;
  /** One bit a reason: asked for every attempt that fails, which in an overload is most of them. */
  private retriedReasons: number;

  constructor(
    settings: RetrySettings,
    budget: RetryBudget | undefined,
    { random, analysis }: Pick<EngineParts, 'random' | 'analysis'>,
  ) {
    this.settings = settings;
    this.budget = budget;
    this.random = random;
    this.analysis = analysis;
    this.retriedReasons = bitsOf(settings.on);
  }

  /** What is decided from here on is decided by these; what has been decided stands. */
  reconfigure(settings: RetrySettings): void {
    this.settings = settings;
    this.retriedReasons = bitsOf(settings.on);
  }

  /** Whether an attempt that failed for this is worth another. Never for what was decided here. */
  isRetried(reason: Reason): boolean {
    return (this.retriedReasons & (1 << reason)) !== 0;
  }

  /**
   * How long to wait before the next attempt, or −1: none, see `stop`. It is charged to the budget
   * here, when it is decided: charged when it runs, a thousand calls that fail together would all
   * pass, and burst later.
   */
  decide(call: Call, retryAfterMs: number | undefined, nowMs: number): number {
    const stop = this.stopBeforeDelay(call, retryAfterMs);
    if (stop !== undefined) return this.stopFor(stop);
    const delayMs = this.delayMs(call, retryAfterMs);
    if (nowMs + delayMs >= call.deadlineMs) return this.stopFor('deadline');
    if (this.budget !== undefined && !this.budget.tryWithdraw(nowMs)) {
      return this.stopFor('budget');
    }
    call.chargedMs = nowMs;
    call.previousDelayMs = delayMs;
    call.waitedMs += delayMs;
    return delayMs;
  }

  /** Its caller has left: a retry that has been decided and that has not begun is not made. */
  drop({ phase, attempt, chargedMs }: Call, nowMs: number): void {
    const isDecided = phase === 'backoff' || (phase === 'queued' && attempt > 0);
    if (isDecided) this.budget?.giveBack(chargedMs, nowMs);
  }

  private stopBeforeDelay(call: Call, retryAfterMs: number | undefined): RetryStop | undefined {
    if (call.attempt >= this.settings.attempts) return 'attempts';
    if (call.task !== undefined && call.task.attemptsAllowed() <= 0) return 'task-attempts';
    const isTooLong = retryAfterMs !== undefined && retryAfterMs > this.settings.retryAfterMaxMs;
    return isTooLong ? 'retry-after' : undefined;
  }

  /** Overridden where there is a jitter more. */
  protected backoffMs(call: Call, { backoff }: RetrySettings): number {
    return plainDelayMs(backoff, call.attempt, call.previousDelayMs, this.random, this.analysis);
  }

  private delayMs(call: Call, retryAfterMs: number | undefined): number {
    if (retryAfterMs !== undefined) return retryAfterDelayMs(retryAfterMs, this.random);
    return this.backoffMs(call, this.settings);
  }

  private stopFor(stop: RetryStop): number {
    this.stop = stop;
    return -1;
  }
}

function bitsOf(reasons: ReadonlySet<Reason>): number {
  let bits = 0;
  for (const reason of reasons) if (!isLocalRejection(reason)) bits |= 1 << reason;
  // What a lag of this process ended would have been a timeout, or no failure at all.
  if (reasons.has(Reason.timeout)) bits |= 1 << Reason.lag;
  return bits;
}
