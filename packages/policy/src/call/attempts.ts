import type { Admission } from '../admission/admission.ts';
import type { RetryBudget } from '../budget/budget.ts';
import type { CacheStage } from '../cache/stage.ts';
import type { OutcomeStage } from '../fallback/outcome.ts';
import type { Random } from '../random/random.ts';
import type { Clock } from '../time/clock.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import { Throttle } from '../throttle/throttle.ts';
import { TimerQueue } from '../timers/timer-queue.ts';
import type { Call } from './call.ts';
import { Gate } from './gate.ts';
import type { CallHost, CallObserver } from './host.ts';
import { Reason, isLocalRejection } from './reason.ts';
import { Retries } from './retries.ts';
import type { PolicySettings } from './settings.ts';

/**
 * Used for every call: a constant of this file costs nothing to read, a member of an imported one
 * does.
 */
const none = Reason.none;

/** What {@link AttemptStage} works with, ready made by the engine. */
export interface AttemptParts {
  readonly clock: Clock;
  readonly time: MonotonicTime;
  readonly random: Random;
  readonly host: CallHost;
  readonly observer: CallObserver | undefined;
  readonly budget: RetryBudget | undefined;
  readonly admission: Admission | undefined;
  readonly outcome: OutcomeStage;
}

/**
 * The layers within the deadline: retries, each through the gate (breaker, limit, queue) under its
 * timeout. A call waits for one time at most, the earliest that changes anything for it: a timeout,
 * the end of a back-off or of its patience in the queue, or the deadline.
 */
export class AttemptStage {
  readonly gate: Gate;
  readonly timers: TimerQueue<Call>;
  /** Whose calls wait among the timers, too. Set by the engine where there is a cache. */
  cache: CacheStage | undefined = undefined;
  private readonly time: MonotonicTime;
  private readonly host: CallHost;
  private readonly observer: CallObserver | undefined;
  private readonly budget: RetryBudget | undefined;
  private readonly admission: Admission | undefined;
  private readonly outcome: OutcomeStage;
  private readonly retries: Retries | undefined;
  private readonly throttle: Throttle | undefined;
  private readonly timeoutMs: number;
  private readonly maxWaitMs: number;
  /** Attempts that nobody waits for any more and that still hold a slot. */
  private abandoned: number = 0;
  private isHandingOver: boolean = false;

  constructor(settings: PolicySettings, parts: AttemptParts) {
    const { retry, throttle } = settings;
    this.gate = new Gate(settings, parts.random, parts.time);
    this.timers = new TimerQueue<Call>(parts.clock, parts.time, (call) => this.due(call));
    this.time = parts.time;
    this.host = parts.host;
    this.observer = parts.observer;
    this.budget = parts.budget;
    this.admission = parts.admission;
    this.outcome = parts.outcome;
    this.retries = retry === undefined ? undefined : new Retries(retry, parts.budget, parts.random);
    this.throttle = throttle === undefined ? undefined : new Throttle(throttle, parts.random);
    this.timeoutMs = settings.timeoutMs ?? Infinity;
    this.maxWaitMs = settings.limit?.queue.maxWaitMs ?? Infinity;
  }

  /** The first or the next attempt wants in. */
  enter(call: Call): void {
    if (call.task !== undefined && call.task.attemptsAllowed() <= 0) {
      return this.outcome.giveUp(call, Reason.attemptsSpent);
    }
    if (this.throttle !== undefined && this.throttle.rejects(this.time.nowMs)) {
      return this.outcome.giveUp(call, Reason.throttled);
    }
    const entry = this.gate.enter(call);
    if (entry === 'held') return this.startAttempt(call, 0);
    if (entry === 'breaker-open') return this.outcome.giveUp(call, Reason.breakerOpen);
    if (entry === 'queue-full') return this.turnAway(call);
    call.phase = 'queued';
    const dueMs = this.queueEndMs(call);
    if (dueMs < Infinity) this.timers.set(call, dueMs);
  }

  /**
   * The running attempt succeeded. The slot is for `handOver` to give away, after the call has
   * settled.
   */
  succeeded(call: Call): void {
    const { nowMs } = this.time;
    this.timers.remove(call);
    this.gate.record(call, 'success');
    this.gate.answered(call);
    this.gate.limit.release();
    this.observer?.attemptEnded?.(call, none, nowMs - call.attemptStartMs);
  }

  /** The running attempt failed, and the host says so. */
  failed(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
    this.timers.remove(call);
    // A dependency that refuses a write for what others wrote is in good health.
    this.end(call, reason, !isLocalRejection(reason) && reason !== Reason.conflict);
    this.gate.limit.release();
    this.retryOrGiveUp(call, reason, retryAfterMs);
  }

  /** The caller gave up: whatever the call has or waits for is released. */
  abort(call: Call, reason: Reason): void {
    const wasRunning = call.phase === 'running';
    this.timers.remove(call);
    this.gate.limit.remove(call);
    if (wasRunning) this.end(call, reason, false);
    call.phase = 'cancelled';
    if (wasRunning) this.stop(call, reason);
  }

  /** The call may take until `deadlineMs`, later than it might before. */
  extend(call: Call, deadlineMs: number): void {
    call.deadlineMs = deadlineMs;
    const isRunning = call.phase === 'running';
    if (!isRunning && call.phase !== 'queued') return;
    const dueMs = isRunning
      ? Math.min(call.attemptStartMs + this.timeoutMs, deadlineMs)
      : this.queueEndMs(call);
    if (dueMs === Infinity) this.timers.remove(call);
    else if (dueMs !== call.dueMs) this.timers.set(call, dueMs);
  }

  /** An abandoned attempt is over. */
  abandonedEnded(): void {
    if (this.abandoned === 0) return;
    this.abandoned--;
    this.gate.limit.release();
  }

  /** Refuses all that waits, for a slot or for the next attempt. */
  refuseWaiting(reason: Reason): void {
    const { limit } = this.gate;
    for (let call = limit.longestWaiting; call !== undefined; call = limit.longestWaiting) {
      this.leaveQueue(call, reason);
    }
    for (const call of this.timers.waiting()) {
      if (call.phase !== 'backoff') continue;
      this.timers.remove(call);
      this.outcome.giveUp(call, reason);
    }
  }

  /**
   * Hands free slots to what waits: in the turn in which they came free, and one after the other
   * instead of one within the other, so that a long queue of calls that end at once does not
   * overflow the stack.
   */
  handOver(): void {
    const { limit } = this.gate;
    if (limit.waiting === 0 || this.isHandingOver) return;
    this.isHandingOver = true;
    try {
      for (let call = limit.next(); call !== undefined; call = limit.next()) this.offerSlot(call);
    } finally {
      this.isHandingOver = false;
    }
  }

  private offerSlot(call: Call): void {
    const { nowMs } = this.time;
    this.timers.remove(call);
    call.phase = 'deciding';
    if (nowMs >= this.queueEndMs(call)) return this.stopWaiting(call, this.queueEndReason(call));
    if (call.task !== undefined && call.task.attemptsAllowed() <= 0) {
      return this.outcome.giveUp(call, Reason.attemptsSpent);
    }
    const refusal = this.gate.enterFromQueue(call);
    if (refusal !== none) return this.stopWaiting(call, refusal);
    this.startAttempt(call, nowMs - call.queuedMs);
  }

  private startAttempt(call: Call, queueWaitMs: number): void {
    const { nowMs } = this.time;
    call.phase = 'running';
    // Admitted once a task: the queue wait of later attempts is none of it.
    if (this.admission !== undefined && call.attempt === 0) this.admission.began(queueWaitMs);
    call.attempt++;
    call.token++;
    call.attemptStartMs = nowMs;
    if (call.task !== undefined) call.task.useAttempt();
    this.gate.started(call);
    this.throttle?.started(nowMs);
    const dueMs = Math.min(nowMs + this.timeoutMs, call.deadlineMs);
    if (dueMs < Infinity) this.timers.setInLine(call, dueMs);
    this.observer?.attemptStarted?.(call, queueWaitMs);
    this.host.startAttempt(call);
  }

  /** The one time that the call waited for has come. What that means is where the call is. */
  private due(call: Call): void {
    if (call.phase === 'running') this.attemptDue(call);
    else if (call.phase === 'queued') this.leaveQueue(call, this.queueEndReason(call));
    else if (call.phase === 'joined') this.cache!.due(call);
    else {
      call.phase = 'deciding';
      this.enter(call);
    }
    this.handOver();
  }

  /** What was due first is what happened, however late the timer fired. */
  private attemptDue(call: Call): void {
    const timeoutEndMs = call.attemptStartMs + this.timeoutMs;
    const isLag = this.timers.wasHeldUp(
      call.attemptStartMs,
      Math.min(timeoutEndMs, call.deadlineMs),
    );
    const byTimeout = isLag ? Reason.lag : Reason.timeout;
    const reason = timeoutEndMs < call.deadlineMs ? byTimeout : Reason.deadline;
    // Cut short by the deadline, it says nothing about the dependency: unless nothing but the
    // deadline limits it.
    const hadItsTime = this.timeoutMs === Infinity || this.time.nowMs >= timeoutEndMs;
    const isFailure = hadItsTime && !isLag;
    this.end(call, reason, isFailure);
    this.stop(call, reason);
    if (call.phase === 'cancelled') this.outcome.settle(call, 'failed');
    else this.retryOrGiveUp(call, reason, undefined);
  }

  /**
   * The result of the running attempt is known, or will not be waited for. Its slot is still held.
   */
  private end(call: Call, reason: Reason, isFailureOfDependency: boolean): void {
    const { nowMs } = this.time;
    call.phase = 'deciding';
    call.token++;
    this.gate.record(call, isFailureOfDependency ? 'failure' : 'ignored');
    if (isFailureOfDependency && this.budget !== undefined) this.budget.attemptFailed(nowMs);
    this.throttle?.failed(reason, nowMs);
    this.observer?.attemptEnded?.(call, reason, nowMs - call.attemptStartMs);
  }

  private stop(call: Call, reason: Reason): void {
    if (this.host.cancelAttempt(call, reason)) this.gate.limit.release();
    else this.abandoned++;
  }

  private retryOrGiveUp(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
    const { retries, outcome, observer } = this;
    if (retries === undefined || outcome.isShutDown || !retries.isRetried(reason)) {
      return outcome.giveUp(call, reason);
    }
    const delayMs = retries.decide(call, retryAfterMs, this.time.nowMs);
    if (delayMs < 0) {
      observer?.retryStopped?.(call, retries.stop);
      return outcome.giveUp(call, reason);
    }
    call.phase = 'backoff';
    call.reason = reason;
    // Even without a delay the next attempt waits for the next turn: one that fails at once must
    // not pile up the stack.
    this.timers.set(call, this.time.nowMs + delayMs);
    observer?.retryScheduled?.(call, delayMs);
  }

  private leaveQueue(call: Call, reason: Reason): void {
    this.timers.remove(call);
    this.gate.limit.remove(call);
    this.stopWaiting(call, reason);
  }

  /** It is out of the queue, without a slot. */
  private stopWaiting(call: Call, reason: Reason): void {
    if (this.admission !== undefined && call.attempt === 0) {
      this.admission.gaveUp(this.time.nowMs - call.queuedMs);
    }
    this.outcome.giveUp(call, reason);
  }

  private turnAway(call: Call): void {
    if (this.admission !== undefined && call.attempt === 0) this.admission.turnedAway();
    this.outcome.giveUp(call, Reason.queueFull);
  }

  private queueEndMs(call: Call): number {
    return Math.min(call.queuedMs + this.maxWaitMs, call.deadlineMs);
  }

  private queueEndReason(call: Call): Reason {
    const maxWaitEndMs = call.queuedMs + this.maxWaitMs;
    return maxWaitEndMs < call.deadlineMs ? Reason.queueTimeout : Reason.deadline;
  }
}
