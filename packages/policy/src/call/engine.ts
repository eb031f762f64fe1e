import type { Admission } from '../admission/admission.ts';
import type { Cache } from '../cache/cache.ts';
import type { CacheStage } from '../cache/stage.ts';
import type { RetryBudget } from '../budget/budget.ts';
import { OutcomeStage } from '../fallback/outcome.ts';
import { MonotonicTime } from '../time/monotonic.ts';
import { AttemptStage } from './attempts.ts';
import { cappedTask } from './call.ts';
import type { Call, Task } from './call.ts';
import type { EngineParts } from './engine-parts.ts';
import type { BreakerState, CallHost } from './host.ts';
import { Reason } from './reason.ts';
import type { PolicySettings } from './settings.ts';
import { stageFor } from './stages.ts';

/**
 * Used for every call: a constant of this file costs nothing to read, a member of an imported one
 * does.
 */
const none = Reason.none;

/**
 * One policy at work: it takes calls through fallback, deadline, cache and single flight,
 * admission, retry and budget, throttle, breaker, limit and queue, and attempt timeout, in that
 * order, outermost first. It decides; the host runs the attempts and reports how they ended.
 *
 * A call that succeeds at once allocates nothing and arms no timer of its own. Every method may be
 * called from within the methods of the host.
 */
export class CallEngine {
  /** @internal */
  readonly time: MonotonicTime;
  private readonly host: CallHost;
  private readonly budget: RetryBudget | undefined;
  /** @internal */
  readonly admission: Admission | undefined;
  /** What tasks count for: the same, or that of hedges alone where there is no other. */
  readonly ledger: RetryBudget | undefined;
  /** @internal */
  readonly attempts: AttemptStage;
  /** @internal */
  readonly outcome: OutcomeStage;
  private readonly cache: CacheStage | undefined;
  /** @internal Set anew by `reconfigure`, as the two below. */
  ownDeadlineMs: number;
  /** @internal */
  fallbackReserveMs: number;
  /** @internal */
  taskAttempts: number | undefined;

  constructor(settings: PolicySettings, parts: EngineParts) {
    const { clock, random, host, observer, stages, kept } = parts;
    const time = kept?.time ?? new MonotonicTime(clock);
    const nowMs = time.read();
    const budget = parts.budget ?? stageFor(settings.retry?.budget, stages.budget, nowMs);
    const admission =
      kept?.admission ?? stageFor(settings.admission, stages.admission, random, nowMs);
    const ledger = budget ?? kept?.ledger ?? stageFor(settings.hedge?.budget, stages.budget, nowMs);
    const { fallbacks = 0 } = settings;
    const outcome = new OutcomeStage(fallbacks, { ...parts, time, budget });
    this.time = time;
    this.host = host;
    this.budget = budget;
    this.admission = admission;
    this.ledger = ledger;
    this.outcome = outcome;
    const shared = { ...parts, time, outcome, budget, admission };
    this.attempts = new AttemptStage(settings, { ...shared, hedgeBudget: ledger });
    this.ownDeadlineMs = settings.deadlineMs ?? Infinity;
    this.fallbackReserveMs = settings.fallbackReserveMs ?? 0;
    this.taskAttempts = settings.taskAttempts;
    const forCache = { ...shared, engine: this, attempts: this.attempts };
    this.cache = stageFor(settings.cache, stages.cache, forCache);
    this.attempts.cache = this.cache;
    outcome.cache = this.cache;
    const { gate } = this.attempts;
    gate.onLimit = (from, to) => observer?.limitChanged?.(from, to);
    if (gate.breaker !== undefined)
      gate.breaker.onChange = (from, to) => observer?.breakerChanged?.(from, to);
  }

  /** Attempts that hold a slot, those included that were abandoned and still run. */
  get inFlight(): number {
    return this.attempts.gate.limit.inUse;
  }

  /** Attempts that wait for a slot. */
  get queued(): number {
    return this.attempts.gate.limit.queue.size;
  }

  /** How many attempts may hold a slot at once. 0: there is no limit. */
  get limit(): number {
    const { concurrency } = this.attempts.gate.limit;
    return concurrency === Infinity ? 0 : concurrency;
  }

  /** What is remembered. Undefined: there is no cache. */
  get cached(): Cache | undefined {
    return this.cache?.cache;
  }

  /** `closed` where there is no breaker. */
  get breakerState(): BreakerState {
    const { breaker } = this.attempts.gate;
    return breaker === undefined ? 'closed' : breaker.state(this.time.look());
  }

  /** The share of the calls that admission sheds now, 0 to 1. */
  get shedShare(): number {
    return this.admission === undefined ? 0 : this.admission.shedShare;
  }

  /** For how long the fallback has been the normal path, in milliseconds. 0: it is not. */
  get fallbackNormalMs(): number {
    const { normalPath } = this.outcome;
    return normalPath === undefined ? 0 : normalPath.fallbackMs(this.time.look());
  }

  /** How many pieces of extra work the budget allows now. −1: there is no budget. */
  get budgetLeft(): number {
    return this.ledger === undefined ? -1 : this.ledger.left(this.time.look());
  }

  /**
   * Takes a new or settled call on its way. It may settle before this returns. With `task` it ends
   * by the deadline of that task, less the reserve for the fallback, uses up its attempts, and
   * matters as much.
   *
   * @throws Error when the call is pending: that is a defect of the host.
   */
  start(call: Call, task?: Task): void {
    if (call.phase !== 'idle') throw new Error('a call is started before it has settled');
    const nowMs = this.time.read();
    const inheritedMs = task === undefined ? Infinity : task.deadlineMs;
    const deadlineMs = Math.min(nowMs + this.ownDeadlineMs, inheritedMs) - this.fallbackReserveMs;
    this.begin(call, deadlineMs, task);
    if (this.outcome.isShutDown) return this.outcome.giveUp(call, Reason.shutdown);
    if (nowMs >= call.deadlineMs) return this.outcome.giveUp(call, Reason.deadline);
    if (this.cache !== undefined && call.key !== undefined) this.cache.enter(call, call.key);
    else this.proceed(call, false);
  }

  /**
   * The attempt or the fallback link with this token succeeded. Ignored when it is no longer the
   * running one.
   */
  succeed(call: Call, token: number): void {
    if (token !== call.token) return;
    if (call.phase === 'running') {
      this.time.read();
      const settling = this.attempts.succeeded(call);
      settling.reason = none;
      this.outcome.settle(settling, 'succeeded');
      this.attempts.queue.handOver();
    } else if (call.phase === 'fallback') {
      this.outcome.settle(call, 'fallback');
    }
    this.rest();
  }

  /**
   * The attempt or the fallback link with this token failed. Ignored when it is no longer the
   * running one. A reason that is a local rejection is not counted as a failure of the dependency,
   * and not retried.
   *
   * @param retryAfterMs The wait that the dependency asked for, in milliseconds, at least 0.
   * Undefined: it did not.
   */
  fail(call: Call, token: number, reason: Reason, retryAfterMs?: number): void {
    if (token !== call.token) return;
    this.time.read();
    if (call.phase === 'running') {
      this.attempts.failed(call, reason, retryAfterMs);
      this.attempts.queue.handOver();
    } else if (call.phase === 'fallback') {
      this.outcome.linkFailed(call);
    }
    this.rest();
  }

  /**
   * The caller gave up: all that the call has is released and it settles as failed, for `reason`,
   * before this returns; no fallback runs. A call that has settled is left alone.
   */
  cancel(call: Call, reason: Reason = Reason.cancelled): void {
    if (call.hedgeOf !== undefined) return this.cancel(call.hedgeOf, reason);
    const { phase } = call;
    if (phase === 'idle' || phase === 'cancelled') return;
    this.time.read();
    call.reason = reason;
    if (phase === 'deciding') {
      // From within `cancelAttempt` after a timeout: it settles as soon as that returns.
      call.phase = 'cancelled';
      this.attempts.dropHedge(call, reason);
      return;
    }
    if (phase === 'fallback') {
      call.phase = 'cancelled';
      this.host.cancelFallback(call);
    } else if (phase === 'joined') {
      this.cache!.abort(call);
    } else {
      this.attempts.abort(call, reason);
    }
    this.outcome.settle(call, 'failed');
    this.attempts.queue.handOver();
    this.rest();
  }

  /**
   * An attempt for which the host had answered false to `cancelAttempt` is over: its slot is free.
   */
  abandonedEnded(): void {
    this.time.read();
    this.attempts.abandonedEnded();
    this.attempts.queue.handOver();
  }

  /**
   * No work begins from here on. What waits, for a slot or for its next attempt, settles as failed
   * for `shutdown`, and so does every later call. Attempts and fallback links that run may still
   * end, by their own timeout and deadline; nothing follows one that fails. The armed timer is
   * dropped when no call waits for it any more.
   */
  shutdown(): void {
    this.time.read();
    this.outcome.isShutDown = true;
    this.attempts.refuseWaiting(Reason.shutdown);
    this.rest();
  }

  /**
   * The endpoints that `settings.endpoints` chooses from, by names of the host: whole numbers, 0 or
   * more. To be told before the first call, and whenever some have come or gone.
   */
  setEndpoints(endpoints: readonly number[]): void {
    this.attempts.endpoints?.set(endpoints, this.time.read());
  }

  /**
   * The process dies with all that runs in it: the flights of the cache, too, which do not end with
   * their callers. Those that still wait for them fail, for `shutdown`.
   */
  abandonFlights(): void {
    this.cache?.abandonFlights(Reason.shutdown);
  }

  /** @internal What every call has at its start. */
  begin(call: Call, deadlineMs: number, task: Task | undefined): void {
    call.engine = this;
    call.clear();
    call.startMs = this.time.nowMs;
    call.deadlineMs = deadlineMs;
    call.task = this.taskAttempts === undefined ? task : cappedTask(this.taskAttempts, call, task);
    if (task !== undefined && task.level >= 0) call.level = task.level;
    call.phase = 'deciding';
  }

  /**
   * @internal On to the dependency. `isExtra`: it has been charged to the budget, and is no task of
   * it.
   */
  proceed(call: Call, isExtra: boolean): void {
    const { admission, time } = this;
    if (admission !== undefined && !admission.admits(call.level, this.queued, time.nowMs)) {
      return this.outcome.giveUp(call, Reason.shed);
    }
    if (this.ledger !== undefined && !isExtra) this.ledger.taskStarted(time.nowMs);
    this.attempts.enter(call);
  }

  private rest(): void {
    if (this.outcome.isShutDown) this.attempts.timers.rest();
  }
}
