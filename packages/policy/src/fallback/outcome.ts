import type { RetryBudget } from '../budget/budget.ts';
import type { CacheStage } from '../cache/stage.ts';
import type { Call, CallOutcome } from '../call/call.ts';
import type { CallHost, CallObserver } from '../call/host.ts';
import type { Kept } from '../call/engine-parts.ts';
import { Reason } from '../call/reason.ts';
import { stageFor } from '../call/stages.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { Stages } from '../call/stages.ts';
import type { NormalPath } from './normal-path.ts';

export interface OutcomeParts {
  readonly time: MonotonicTime;
  readonly host: CallHost;
  readonly observer?: CallObserver | undefined;
  readonly budget: RetryBudget | undefined;
  readonly stages: Stages;
  readonly kept?: Pick<Kept, 'normalPath'>;
}

/**
 * The outermost layer: how a call ends. One that failed or was refused goes through the chain of
 * fallback links before it settles; this is outside the deadline, so that a link can still run when
 * that has passed.
 */
export class OutcomeStage {
  /** Set: no link begins any more. */
  isShutDown: boolean = false;
  /** Where the calls of flights end. Set by the engine where there is a cache. */
  cache: CacheStage | undefined = undefined;
  /** Where there is a fallback: whether it has become the normal path. */
  readonly normalPath: NormalPath | undefined;
  private readonly links: number;
  private readonly budget: RetryBudget | undefined;
  private readonly time: MonotonicTime;
  private readonly host: CallHost;
  private readonly observer: CallObserver | undefined;

  constructor(links: number, { time, host, observer, budget, stages, kept }: OutcomeParts) {
    this.links = links;
    this.budget = budget;
    this.time = time;
    this.host = host;
    this.observer = observer;
    this.normalPath = kept?.normalPath ?? stageFor(links || undefined, stages.fallbacks);
    if (this.normalPath !== undefined) {
      this.normalPath.onChange = (isFallback) => observer?.normalPathChanged?.(isFallback);
    }
  }

  /** The call will not succeed by itself. Who gave up, or shuts down, wants no fallback either. */
  giveUp(call: Call, reason: Reason): void {
    call.reason = reason;
    // Fallbacks are for those who wait for it.
    if (call.flight !== undefined) return this.settle(call, 'failed');
    const isUnwanted = reason === Reason.cancelled || reason === Reason.shutdown;
    if (this.links === 0 || this.isShutDown || isUnwanted) this.settle(call, 'failed');
    else this.startLink(call, 0);
  }

  /**
   * The running link failed. The next ones are extra work like a retry, and are charged to the same
   * budget.
   */
  linkFailed(call: Call): void {
    const index = call.fallbackIndex + 1;
    if (index >= this.links || this.isShutDown || !this.mayContinue()) this.settle(call, 'failed');
    else this.startLink(call, index);
  }

  settle(call: Call, outcome: CallOutcome): void {
    call.phase = 'idle';
    call.token++;
    call.outcome = outcome;
    if (this.normalPath !== undefined && outcome !== 'failed') {
      this.normalPath.answered(outcome === 'fallback', this.time.read());
    }
    if (call.flight !== undefined) this.cache!.landed(call);
    else this.host.settled(call);
  }

  private mayContinue(): boolean {
    return this.budget === undefined || this.budget.tryWithdraw(this.time.nowMs);
  }

  private startLink(call: Call, index: number): void {
    call.phase = 'fallback';
    call.token++;
    call.fallbackIndex = index;
    this.observer?.fallbackStarted?.(call, index, call.reason);
    this.host.startFallback(call, index);
  }
}
