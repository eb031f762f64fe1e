import type { RetryBudget } from '../budget/budget.ts';
import type { Call } from '../call/call.ts';
import type { Gate } from '../call/gate.ts';
import type { Kept } from '../call/engine-parts.ts';
import type { CallHost, CallObserver, HedgeStop } from '../call/host.ts';
import { Reason } from '../call/reason.ts';
import type { HedgeSettings } from '../call/settings.ts';
import type { Endpoints } from '../endpoints/endpoints.ts';
import type { OutcomeStage } from '../fallback/outcome.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { TimerQueue } from '../timers/timer-queue.ts';
import { HedgeDelay } from './hedge-delay.ts';
import { HedgeRecords } from './hedge-records.ts';

/** What hedges ask of the stage that runs all attempts. A record is a call, or its hedge. */
export interface AttemptRunner {
  readonly gate: Gate;
  readonly timers: TimerQueue<Call>;
  readonly endpoints: Endpoints | undefined;
  /** The attempt of this record runs from now on. Answers when it ends at the latest. */
  begin(record: Call): number;
  /** Its result is known, or will not be waited for. Its slot is still held. */
  end(record: Call, reason: Reason, isFailureOfDependency: boolean): void;
  /** The host stops it, and its slot is free. */
  stop(record: Call, reason: Reason): void;
  /** Whether the throttle holds back an attempt that is wanted now. */
  isThrottled(): boolean;
  isRetried(reason: Reason): boolean;
  /** No attempt of `call` runs any more, and the last failed for this. */
  retryOrGiveUp(call: Call, reason: Reason, retryAfterMs: number | undefined): void;
}

/** What {@link Hedges} works with. */
export interface HedgeParts {
  readonly time: MonotonicTime;
  readonly host: CallHost;
  readonly observer?: CallObserver | undefined;
  readonly outcome: OutcomeStage;
  /** What a hedge is charged to. */
  readonly hedgeBudget: RetryBudget | undefined;
  readonly kept?: Pick<Kept, 'hedgeDelay'>;
}

/**
 * Decides when an attempt that takes long gets a second one beside it, and what the end of one
 * means for the other. A hedge is charged to the budget in the instant in which it is decided,
 * which is the one in which it starts: where it would have to wait for a slot, or be the probe of a
 * breaker, it is dropped, because it would add to what makes the first attempt slow. A call is
 * never worse off for a hedge that it did not get.
 */
export class Hedges {
  private readonly parts: HedgeParts;
  private readonly stage: AttemptRunner;
  private readonly most: number;
  private readonly attemptsMax: number;
  readonly delay: HedgeDelay;
  private readonly records: HedgeRecords;

  /**
   * @param attemptsMax Attempts that one call may make in all, hedges included. Undefined: it is
   * not retried, so it has its own attempt and its hedges.
   */
  constructor(
    settings: HedgeSettings,
    attemptsMax: number | undefined,
    stage: AttemptRunner,
    parts: HedgeParts,
  ) {
    this.parts = parts;
    this.stage = stage;
    this.attemptsMax = attemptsMax ?? 1 + settings.most;
    this.most = settings.most;
    this.delay = parts.kept?.hedgeDelay ?? new HedgeDelay(settings.delay);
    this.records = new HedgeRecords(parts.host);
  }

  /**
   * An attempt of `call` starts, and ends at `endMs` at the latest. Answers when the next thing is
   * due for it: its hedge, or its end.
   */
  plan(call: Call, endMs: number): number {
    call.hedgeDueMs = Infinity;
    call.pairReason = Reason.none;
    call.pairRetryAfterMs = -1;
    if (call.hedges >= this.most) return endMs;
    const { nowMs } = this.parts.time;
    const dueMs = nowMs + this.delay.valueMs(nowMs);
    if (dueMs >= endMs) return endMs;
    call.hedgeDueMs = dueMs;
    return dueMs;
  }

  /** The hedge of the running attempt is due; that ends at `endMs`, later than now. */
  start(call: Call, endMs: number): void {
    const { stage } = this;
    const { host, observer, outcome } = this.parts;
    if (endMs < Infinity) stage.timers.set(call, endMs);
    if (outcome.isShutDown) return;
    const stop = this.stopFor(call);
    if (stop !== undefined) return observer?.hedgeStopped?.(call, stop);
    const hedge = this.records.take(call);
    // Held: it would have been stopped otherwise.
    stage.gate.enter(hedge);
    call.hedge = hedge;
    call.hedges++;
    call.attempt++;
    hedge.attempt = call.attempt;
    const hedgeEndMs = stage.begin(hedge);
    if (hedgeEndMs < Infinity) stage.timers.set(hedge, hedgeEndMs);
    observer?.attemptStarted?.(hedge, 0);
    host.startAttempt(hedge);
  }

  /** An attempt has ended. Only those that are no hedges say how long an answer takes alone. */
  attemptEnded(record: Call, reason: Reason): void {
    if (record.hedgeOf !== undefined) return;
    const { nowMs } = this.parts.time;
    this.delay.attemptEnded(reason, nowMs - record.attemptStartMs, nowMs);
  }

  /** The attempt of `call` itself succeeded. */
  overtake(call: Call): void {
    if (call.hedge === undefined) return;
    // What the host reports from within `cancelAttempt` comes too late.
    call.phase = 'deciding';
    call.token++;
    this.drop(call, Reason.overtaken);
  }

  /** The hedge of `call` is not wanted any more, if there is one. */
  drop(call: Call, reason: Reason): void {
    const { hedge } = call;
    if (hedge === undefined) return;
    const { stage } = this;
    call.hedge = undefined;
    stage.timers.remove(hedge);
    stage.end(hedge, reason, false);
    stage.stop(hedge, reason);
    this.records.release(hedge);
  }

  /** The hedge succeeded, and is over. Answers with its call, whose own attempt is stopped. */
  succeeded(hedge: Call): Call {
    const { stage } = this;
    const { value } = hedge;
    const call = this.forget(hedge);
    call.value = value;
    if (call.phase === 'running') {
      stage.timers.remove(call);
      stage.end(call, Reason.overtaken, false);
      stage.stop(call, Reason.overtaken);
    }
    return call;
  }

  /** The attempt of `call` itself failed, and is over. */
  ownFailed(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
    if (call.hedge === undefined) return this.decide(call, reason, retryAfterMs);
    call.phase = 'hedged';
    keep(call, reason, retryAfterMs);
  }

  /** The hedge failed, and is over. */
  failed(hedge: Call, reason: Reason, retryAfterMs: number | undefined): void {
    const call = this.forget(hedge);
    if (call.phase === 'hedged') this.decide(call, reason, retryAfterMs);
    else keep(call, reason, retryAfterMs);
  }

  /** The hedge ran into its timeout, or the deadline; it still has to be stopped. */
  timedOut(hedge: Call, reason: Reason): void {
    const { stage } = this;
    const call = hedge.hedgeOf!;
    const { token } = call;
    call.hedge = undefined;
    stage.stop(hedge, reason);
    this.records.release(hedge);
    // The caller may have left from within `cancelAttempt`.
    if (call.token !== token) return;
    if (call.phase === 'hedged') this.decide(call, reason, undefined);
    else keep(call, reason, undefined);
  }

  /**
   * Whether to try again is decided once, when an attempt and its hedge have failed: never after a
   * failure that is not worth another attempt, and never before the later of the times that the
   * dependency asked for.
   */
  private decide(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
    const { stage } = this;
    const { pairReason, pairRetryAfterMs } = call;
    if (pairReason === Reason.none) return stage.retryOrGiveUp(call, reason, retryAfterMs);
    if (!stage.isRetried(pairReason)) return this.parts.outcome.giveUp(call, pairReason);
    const laterMs = Math.max(pairRetryAfterMs, retryAfterMs ?? -1);
    stage.retryOrGiveUp(call, reason, laterMs < 0 ? undefined : laterMs);
  }

  private forget(hedge: Call): Call {
    const call = hedge.hedgeOf!;
    call.hedge = undefined;
    this.records.release(hedge);
    return call;
  }

  private stopFor(call: Call): HedgeStop | undefined {
    const { hedgeBudget, time } = this.parts;
    if (call.attempt >= this.attemptsMax) return 'attempts';
    if (call.task !== undefined && call.task.attemptsAllowed() <= 0) return 'task-attempts';
    const { endpoints } = this.stage;
    if (endpoints !== undefined && !endpoints.hasOther(call, time.nowMs)) return 'endpoint';
    const refusal = this.stage.gate.refusalOfHedge();
    if (refusal !== undefined) return refusal;
    if (this.stage.isThrottled()) return 'throttle';
    // Last: what is charged starts.
    const isPaid = hedgeBudget === undefined || hedgeBudget.tryWithdraw(time.nowMs);
    return isPaid ? undefined : 'budget';
  }
}

function keep(call: Call, reason: Reason, retryAfterMs: number | undefined): void {
  call.pairReason = reason;
  call.pairRetryAfterMs = retryAfterMs ?? -1;
}
