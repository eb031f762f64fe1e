import type { QueueSettings } from '../call/settings.ts';

/**
 * While overloaded, what waited longer than this many targets is dropped (folly's slough timeout).
 */
const DROP_TARGETS = 2;

/**
 * Tells a queue that stands from one that absorbs a burst, by the shortest wait in each interval:
 * while even that is above the target, the queue only adds delay, and calls that waited long are
 * dropped when their turn comes.
 *
 * After `folly/executors/Codel.cpp`, which replaces the control law of CoDel (Nichols and Jacobson,
 * "Controlling Queue Delay", 2012) by a fixed threshold. One thing is added: an interval without
 * any call clears the verdict, so that a burst after an idle time is not judged by the overload
 * before it.
 */
export class Codel {
  private readonly targetMs: number;
  private readonly intervalMs: number;
  private intervalEndMs: number = -Infinity;
  private shortestWaitMs: number = 0;
  private overloaded: boolean = false;

  constructor(settings: Pick<QueueSettings, 'targetMs' | 'intervalMs'>) {
    this.targetMs = settings.targetMs;
    this.intervalMs = settings.intervalMs;
  }

  /**
   * Records the wait of a call whose turn has come, and tells whether to drop it. The first one of
   * an interval is never dropped. Calls that did not have to wait are told too, with 0: they show
   * that nothing stands.
   */
  drops(waitMs: number, nowMs: number): boolean {
    if (nowMs > this.intervalEndMs) {
      const isIdle = nowMs > this.intervalEndMs + this.intervalMs;
      this.overloaded = !isIdle && this.shortestWaitMs > this.targetMs;
      this.intervalEndMs = nowMs + this.intervalMs;
      this.shortestWaitMs = waitMs;
      return false;
    }
    if (waitMs < this.shortestWaitMs) this.shortestWaitMs = waitMs;
    return this.overloaded && waitMs > DROP_TARGETS * this.targetMs;
  }
}
