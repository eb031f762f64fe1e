import type { BreakerResult, CircuitBreaker } from '../breaker/breaker.ts';
import type { AdaptiveLimit } from '../limit/adaptive-limit.ts';
import { ConcurrencyLimit } from '../limit/limit.ts';
import type { Random } from '../random/random.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { Call } from './call.ts';
import { Reason } from './reason.ts';
import type { LimitSettings, PolicySettings } from './settings.ts';
import { stageFor } from './stages.ts';
import type { Stages } from './stages.ts';

/**
 * What {@link Gate.enter} answers: the slot is held, the call waits for one, or why it is refused.
 */
export type Entry = 'held' | 'queued' | 'breaker-open' | 'queue-full';

export interface GateParts {
  readonly random: Random;
  readonly time: MonotonicTime;
  readonly stages: Stages;
}

/** Where there is no limit. */
export const unlimited: LimitSettings = {
  concurrency: Infinity,
  queue: { limit: 0, order: 'fifo', targetMs: 0, intervalMs: 0 },
};

/**
 * The way in for each attempt: the breaker, then the limit with its queue. An open breaker refuses
 * before the queue is touched, and is asked again when a slot comes up; its permission is granted
 * with the slot. A probe never waits: it may take one slot more than there are, and all of them
 * together as many as there are probes.
 */
export class Gate {
  readonly limit: ConcurrencyLimit<Call>;
  breaker: CircuitBreaker | undefined;
  /** Told of each move of an adaptive limit. */
  onLimit: ((from: number, to: number) => void) | undefined = undefined;
  adaptive: AdaptiveLimit | undefined;
  private readonly time: MonotonicTime;
  timeoutMs: number;
  /** Where neither timeout nor deadline bounds a probe, or one that hangs would be the last. */
  probeMs: number;
  maxWaitMs: number;

  constructor(settings: PolicySettings, { random, time, stages }: GateParts) {
    this.time = time;
    const { concurrency, queue } = settings.limit ?? unlimited;
    const codel = stageFor(queue.order === 'codel' ? queue : undefined, stages.codel);
    if (typeof concurrency === 'number') {
      const limit = queue.limit ?? concurrency;
      this.adaptive = undefined;
      this.limit = new ConcurrencyLimit<Call>(concurrency, { ...queue, limit }, random, codel);
    } else {
      this.adaptive = stageFor(concurrency, stages.adaptive);
      this.limit = new ConcurrencyLimit<Call>(concurrency.initial, queue, random, codel);
    }
    this.breaker = stageFor(settings.breaker, stages.breaker, random);
    this.timeoutMs = settings.timeoutMs ?? Infinity;
    // As long as the breaker is ever open.
    this.probeMs = settings.breaker?.openMaxMs ?? Infinity;
    this.maxWaitMs = settings.limit?.queue.maxWaitMs ?? Infinity;
  }

  /** An attempt of `call` wants in. */
  enter(call: Call): Entry {
    const { limit, breaker } = this;
    const { nowMs } = this.time;
    if (limit.isFree()) {
      if (!this.permit(call)) return 'breaker-open';
      limit.takeFree(nowMs);
      return 'held';
    }
    if (breaker !== undefined && breaker.state(nowMs) !== 'closed') {
      // Probes that were given up and go on have their slots: no round of them adds to that.
      if (limit.beyond >= breaker.probes || !this.permit(call)) return 'breaker-open';
      limit.takeBeyond();
      return 'held';
    }
    return limit.enqueue(call, nowMs) ? 'queued' : 'queue-full';
  }

  /**
   * Why a hedge may not have a slot at once, which is the only way in for it: it waits for nothing,
   * and is no probe. Undefined: `enter` would let it in.
   */
  refusalOfHedge(): 'limit' | 'breaker' | undefined {
    const { limit, breaker } = this;
    if (!limit.isFree()) return 'limit';
    return breaker === undefined || breaker.state(this.time.nowMs) === 'closed'
      ? undefined
      : 'breaker';
  }

  /**
   * Gives the slot that has come up to `call`, just handed out by the queue. Otherwise the reason
   * to refuse it.
   */
  enterFromQueue(call: Call): Reason {
    if (this.limit.isStale(call, this.time.nowMs)) return Reason.queueDropped;
    if (!this.permit(call)) return Reason.breakerOpen;
    this.limit.take();
    return Reason.none;
  }

  /** Until when a call that waits for a slot may go on to. */
  queueEndMs(call: Call): number {
    return Math.min(call.queuedMs + this.maxWaitMs, call.deadlineMs);
  }

  /** What it is refused for then. */
  queueEndReason(call: Call): Reason {
    const maxWaitEndMs = call.queuedMs + this.maxWaitMs;
    return maxWaitEndMs < call.deadlineMs ? Reason.queueTimeout : Reason.deadline;
  }

  /** The attempt is over. Its slot is given back apart from this, with `limit.release`. */
  record(call: Call, result: BreakerResult): void {
    const { breaker } = this;
    if (breaker === undefined) return;
    const { nowMs } = this.time;
    breaker.record(call.permission, result, nowMs - call.attemptStartMs, nowMs);
  }

  /** An attempt begins, with its slot. */
  started(call: Call): void {
    call.inFlightAtStart = this.limit.inUse;
  }

  /**
   * The attempt succeeded, and it still has its slot. An adaptive limit learns from that; it may
   * grow, so that what waits gets a slot.
   */
  succeeded(call: Call): void {
    const { adaptive } = this;
    if (adaptive === undefined) return;
    const { attemptStartMs, inFlightAtStart } = call;
    const { nowMs } = this.time;
    if (adaptive.answered(attemptStartMs, inFlightAtStart, this.isFull(), nowMs)) this.adapt();
  }

  /**
   * The dependency failed the attempt, which still has its slot. What was refused for load, or not
   * answered in time, tells an adaptive limit of too much in flight; a quick error tells nothing.
   */
  failed(call: Call, reason: Reason): void {
    const { adaptive } = this;
    if (adaptive === undefined) return;
    if (reason !== Reason.timeout && reason !== Reason.overloaded && reason !== Reason.deadline) {
      return;
    }
    const { attemptStartMs, inFlightAtStart } = call;
    const { nowMs } = this.time;
    if (adaptive.lost(attemptStartMs, inFlightAtStart, this.isFull(), nowMs)) this.adapt();
  }

  private isFull(): boolean {
    return this.limit.inUse >= this.limit.concurrency;
  }

  private adapt(): void {
    const from = this.limit.concurrency;
    const to = this.adaptive!.limit;
    this.limit.concurrency = to;
    this.onLimit?.(from, to);
  }

  private permit(call: Call): boolean {
    if (this.breaker === undefined) {
      // None that comes meanwhile takes it for one of its own.
      call.permission = -1;
      return true;
    }
    const { nowMs } = this.time;
    const leaseMs = Math.min(this.timeoutMs, call.deadlineMs - nowMs);
    call.permission = this.breaker.acquire(nowMs, leaseMs < Infinity ? leaseMs : this.probeMs);
    return call.permission >= 0;
  }
}
