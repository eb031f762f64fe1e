import type { Admission } from '../admission/admission.ts';
import type { RetryBudget } from '../budget/budget.ts';
import type { CacheStage } from '../cache/stage.ts';
import type { Endpoints } from '../endpoints/endpoints.ts';
import type { OutcomeStage } from '../fallback/outcome.ts';
import type { AttemptRunner, Hedges } from '../hedge/hedges.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { TimerQueue } from '../timers/timer-queue.ts';
import type { Call } from './call.ts';
import { Gate } from './gate.ts';
import type { EngineParts } from './engine-parts.ts';
import type { CallHost, CallObserver } from './host.ts';
import { Reason, isOfDependency } from './reason.ts';
import type { Retries } from './retries.ts';
import type { PolicySettings } from './settings.ts';
import { SlotQueue } from './slot-queue.ts';
import { stageFor } from './stages.ts';

/**
 * Used for every call: a constant of this file costs nothing to read, a member of an imported one
 * does.
 */
const none = Reason.none;

/** What {@link AttemptStage} works with, ready made by the engine. */
export interface AttemptParts extends Pick<
  EngineParts,
  'clock' | 'random' | 'analysis' | 'host' | 'stages' | 'observer' | 'kept'
> {
  readonly time: MonotonicTime;
  readonly budget: RetryBudget | undefined;
  readonly admission: Admission | undefined;
  /** What hedges are charged to: the same, or one of their own where that is undefined. */
  readonly hedgeBudget: RetryBudget | undefined;
  readonly outcome: OutcomeStage;
}

/**
 * The layers within the deadline: retries and hedges, each through the gate (breaker, limit, queue)
 * under its timeout. A call waits for one time at most, the earliest that changes anything for it:
 * a timeout, its hedge, the end of a back-off or of its patience in the queue, or the deadline. A
 * hedge, which has a record of its own, waits for its own timeout. A record is a call or a hedge.
 */
export class AttemptStage implements AttemptRunner {
  readonly gate: Gate;
  readonly timers: TimerQueue<Call>;
  /** Whose calls wait among the timers, too. Set by the engine where there is a cache. */
  cache: CacheStage | undefined = undefined;
  readonly queue: SlotQueue;
  private readonly time: MonotonicTime;
  private readonly host: CallHost;
  private readonly observer: CallObserver | undefined;
  private readonly budget: RetryBudget | undefined;
  private readonly admission: Admission | undefined;
  private readonly outcome: OutcomeStage;
  readonly retries: Retries | undefined;
  readonly throttle: Throttle | undefined;
  readonly hedges: Hedges | undefined;
  readonly endpoints: Endpoints | undefined;
  timeoutMs: number;
  /** Attempts that nobody waits for any more and that still hold a slot. */
  private abandoned: number = 0;

  constructor(settings: PolicySettings, parts: AttemptParts) {
    const { random, observer, stages, kept } = parts;
    this.gate = kept?.gate ?? new Gate(settings, parts);
    this.timers = new TimerQueue<Call>(parts.clock, parts.time, (call) => this.due(call));
    this.time = parts.time;
    this.host = parts.host;
    this.observer = observer;
    this.budget = parts.hedgeBudget;
    this.admission = parts.admission;
    this.outcome = parts.outcome;
    this.retries = stageFor(settings.retry, stages.retry, parts.budget, parts);
    this.throttle = kept?.throttle ?? stageFor(settings.throttle, stages.throttle, random);
    this.endpoints = kept?.endpoints ?? stageFor(settings.endpoints, stages.endpoints, parts);
    this.hedges = stageFor(settings.hedge, stages.hedge, settings.retry?.attempts, this, parts);
    this.queue = new SlotQueue(this, parts);
    this.timeoutMs = settings.timeoutMs ?? Infinity;
  }

  /** The first or the next attempt wants in. */
  enter(call: Call): void {
    if (call.task !== undefined && call.task.attemptsAllowed() <= 0) {
      return this.outcome.giveUp(call, Reason.attemptsSpent);
    }
    if (this.isThrottled()) return this.outcome.giveUp(call, Reason.throttled);
    const entry = this.gate.enter(call);
    if (entry === 'held') return this.startAttempt(call, 0);
    if (entry === 'breaker-open') return this.outcome.giveUp(call, Reason.breakerOpen);
    if (entry === 'queue-full') this.queue.turnAway(call);
    else this.queue.wait(call);
  }

  /**
   * The running attempt succeeded. Answers with the call that is to settle. The slot is for
   * `handOver` to give away, after it has settled.
   */
  succeeded(record: Call): Call {
    const { nowMs } = this.time;
    this.timers.remove(record);
    this.gate.record(record, 'success');
    this.gate.succeeded(record);
    this.endpoints?.end(record, 'success', nowMs);
    this.gate.limit.release();
    this.observer?.attemptEnded?.(record, none, nowMs - record.attemptStartMs);
    const { hedges } = this;
    if (hedges === undefined) return record;
    if (record.hedgeOf !== undefined) return hedges.succeeded(record);
    hedges.attemptEnded(record, none);
    hedges.overtake(record);
    return record;
  }

  /** The running attempt failed, and the host says so. */
  failed(record: Call, reason: Reason, retryAfterMs: number | undefined): void {
    this.timers.remove(record);
    // A dependency that refuses a write for what others wrote is in good health.
    this.end(record, reason, isOfDependency(reason) && reason !== Reason.conflict);
    this.gate.limit.release();
    if (record.hedgeOf !== undefined) this.hedges!.failed(record, reason, retryAfterMs);
    else this.ownFailed(record, reason, retryAfterMs);
  }

  /** From within `cancelAttempt` the caller gave up: its hedge does not run on. */
  dropHedge(call: Call, reason: Reason): void {
    this.hedges?.drop(call, reason);
  }

  /** The caller gave up: whatever the call has or waits for is released. */
  abort(call: Call, reason: Reason): void {
    const wasRunning = call.phase === 'running';
    this.retries?.drop(call, this.time.nowMs);
    this.timers.remove(call);
    this.gate.limit.queue.remove(call);
    if (wasRunning) this.end(call, reason, false);
    call.phase = 'cancelled';
    this.hedges?.drop(call, reason);
    if (wasRunning) this.stop(call, reason);
  }

  /** An abandoned attempt is over. */
  abandonedEnded(): void {
    if (this.abandoned === 0) return;
    this.abandoned--;
    this.gate.limit.release();
  }

  /** Refuses all that waits, for a slot or for the next attempt. */
  refuseWaiting(reason: Reason): void {
    this.queue.refuseAll(reason);
    for (const call of this.timers.waiting()) {
      if (call.phase !== 'backoff') continue;
      this.timers.remove(call);
      this.outcome.giveUp(call, reason);
    }
  }

  startAttempt(call: Call, queueWaitMs: number): void {
    // Admitted once a task: the queue wait of later attempts is none of it.
    if (this.admission !== undefined && call.attempt === 0) this.admission.began(queueWaitMs);
    call.attempt++;
    const endMs = this.begin(call);
    const dueMs = this.hedges === undefined ? endMs : this.hedges.plan(call, endMs);
    if (dueMs < Infinity) this.timers.setInLine(call, dueMs);
    this.observer?.attemptStarted?.(call, queueWaitMs);
    this.host.startAttempt(call);
  }

  /** The attempt of this record runs from now on. Answers when it ends at the latest. */
  begin(record: Call): number {
    const { nowMs } = this.time;
    record.phase = 'running';
    record.token++;
    record.attemptStartMs = nowMs;
    record.timeoutEndMs = nowMs + this.timeoutMs;
    if (record.task !== undefined) record.task.useAttempt();
    this.gate.started(record);
    this.throttle?.started(nowMs);
    this.endpoints?.begin(record, nowMs);
    return Math.min(record.timeoutEndMs, record.deadlineMs);
  }

  /** The one time that the record waited for has come. What that means is where it is. */
  private due(call: Call): void {
    if (call.phase === 'running') this.runningDue(call);
    else if (call.phase === 'queued') this.queue.expire(call);
    else if (call.phase === 'joined') this.cache!.due(call);
    else {
      call.phase = 'deciding';
      this.enter(call);
    }
    this.queue.handOver();
  }

  /** Its hedge is due, or else its end: that, too, when the timer fired too late for a hedge. */
  private runningDue(record: Call): void {
    const isForHedge = record.hedgeDueMs < Infinity;
    record.hedgeDueMs = Infinity;
    const endMs = Math.min(record.timeoutEndMs, record.deadlineMs);
    if (isForHedge && this.time.nowMs < endMs) this.hedges!.start(record, endMs);
    else this.attemptDue(record);
  }

  /** What was due first is what happened, however late the timer fired. */
  private attemptDue(call: Call): void {
    const { timeoutEndMs } = call;
    const isLag = this.timers.wasHeldUp(
      call.attemptStartMs,
      Math.min(timeoutEndMs, call.deadlineMs),
    );
    const byTimeout = isLag ? Reason.lag : Reason.timeout;
    const reason = timeoutEndMs < call.deadlineMs ? byTimeout : Reason.deadline;
    // Cut short by the deadline, it says nothing about the dependency: unless nothing but the
    // deadline limits it.
    const hadItsTime = timeoutEndMs === Infinity || this.time.nowMs >= timeoutEndMs;
    const isFailure = hadItsTime && !isLag;
    this.end(call, reason, isFailure);
    if (call.hedgeOf !== undefined) return this.hedges!.timedOut(call, reason);
    const { token } = call;
    this.stop(call, reason);
    // From within `cancelAttempt` its hedge may have succeeded.
    if (call.token !== token) return;
    if (call.phase === 'cancelled') this.outcome.settle(call, 'failed');
    else this.ownFailed(call, reason, undefined);
  }

  private ownFailed(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
    if (this.hedges === undefined) this.retryOrGiveUp(call, reason, retryAfterMs);
    else this.hedges.ownFailed(call, reason, retryAfterMs);
  }

  /**
   * The result of the running attempt is known, or will not be waited for. Its slot is still held.
   */
  end(record: Call, reason: Reason, isFailureOfDependency: boolean): void {
    const { nowMs } = this.time;
    record.phase = 'deciding';
    record.token++;
    this.gate.record(record, isFailureOfDependency ? 'failure' : 'ignored');
    if (isFailureOfDependency && this.budget !== undefined) this.budget.attemptFailed(nowMs);
    if (isFailureOfDependency) {
      this.gate.failed(record, reason);
      this.throttle?.failed(reason, nowMs);
    }
    const cutOff = reason === Reason.lag ? 'ignored' : 'cut-off';
    this.endpoints?.end(record, isFailureOfDependency ? 'failure' : cutOff, nowMs);
    this.hedges?.attemptEnded(record, reason);
    this.observer?.attemptEnded?.(record, reason, nowMs - record.attemptStartMs);
  }

  /** Whether the throttle holds back an attempt that is wanted now. */
  isThrottled(): boolean {
    return this.throttle !== undefined && this.throttle.rejects(this.time.nowMs);
  }

  isRetried(reason: Reason): boolean {
    return this.retries !== undefined && this.retries.isRetried(reason);
  }

  stop(record: Call, reason: Reason): void {
    if (this.host.cancelAttempt(record, reason)) this.gate.limit.release();
    else this.abandoned++;
  }

  retryOrGiveUp(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
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
}
