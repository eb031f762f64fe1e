import { Reason } from '../call/reason.ts';
import type { HedgeSettings } from '../call/settings.ts';
import { RecentDurations } from './recent-durations.ts';

/** Long enough for a p99 at ten calls a second, short enough to follow a deploy (as Finagle). */
const RECENT_MS = 30_000;

/** How long an attempt runs alone before it gets a hedge. */
export class HedgeDelay {
  private readonly fixedMs: number;
  private readonly recent: RecentDurations | undefined;

  constructor(delay: HedgeSettings['delay']) {
    this.fixedMs = typeof delay === 'number' ? delay : Infinity;
    this.recent =
      typeof delay === 'number' ? undefined : new RecentDurations(delay.quantile, RECENT_MS);
  }

  /** Infinity: too few durations are known to tell. */
  valueMs(nowMs: number): number {
    return this.recent === undefined ? this.fixedMs : this.recent.valueMs(nowMs);
  }

  /**
   * An attempt that was no hedge has ended. What was cut off (a timeout, an overtaken attempt) took
   * at least so long, and longer than the delay: enough to place it beyond the quantile. Errors
   * come early and callers leave when they like: neither says how long an answer takes.
   */
  attemptEnded(reason: Reason, durationMs: number, nowMs: number): void {
    if (this.recent === undefined || !showsDuration(reason)) return;
    this.recent.record(durationMs, nowMs);
  }
}

function showsDuration(reason: Reason): boolean {
  return (
    reason === Reason.none ||
    reason === Reason.overtaken ||
    reason === Reason.timeout ||
    reason === Reason.lag ||
    reason === Reason.deadline
  );
}
