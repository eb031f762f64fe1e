import { type HedgeStop, Reason, type RetryStop } from '@seaworthy/policy/engine';

import type { EdgeSample } from '../../signals/run.ts';
import { type ClassMeter, isRefusal } from './class-meter.ts';
import { ReasonCounts } from './reason-counts.ts';
import { CacheMeter } from './cache-meter.ts';
import { Level } from '../../signals/level.ts';
import { Recorder } from '../../signals/recorder.ts';
import { Peak } from './peak.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const { none, overtaken } = Reason;

/** What the policies of all callers of an edge look like at the end of an interval. */
export interface PolicyState {
  readonly limit: number;
  readonly breakerOpenShare: number;
  readonly budgetLeft: number;
  readonly fallbackNormalShare: number;
  readonly fallbackNormalMs: number;
}

/** Counts what happens on one edge, all callers together, until the interval ends. */
export class EdgeMeter {
  readonly inFlight = new Level();
  /** Calls that wait for a slot of the limit. */
  readonly queue = new Level();
  /** Where calls of more than one class are made. */
  readonly classes: ClassMeter | undefined;
  /** Attempts after the first of their call. */
  readonly retries = new Peak();
  readonly cache = new CacheMeter();
  private offered = 0;
  private successes = 0;
  private attempts = 0;
  private readonly fallback = new ReasonCounts();
  private fallbackLinks: number[] = [];
  private readonly failures = new ReasonCounts();
  private readonly rejected = new ReasonCounts();
  private readonly attemptsFailed = new ReasonCounts();
  private retriesStopped: Record<string, number> = {};
  private hedges = 0;
  private hedgesWon = 0;
  private overtaken = 0;
  private hedgesStopped: Record<string, number> = {};
  private readonly latency = new Recorder();
  private readonly latencyFailed = new Recorder();
  private readonly wait = new Recorder();

  constructor(classes: ClassMeter | undefined) {
    this.classes = classes;
  }

  callStarted(): void {
    this.offered++;
  }

  attemptStarted(waitMs: number, nowNs: number): void {
    this.attempts++;
    this.wait.record(waitMs);
    this.inFlight.change(1, nowNs);
  }

  attemptEnded(reason: Reason, nowNs: number): void {
    if (reason === overtaken) this.overtaken++;
    else if (reason !== none) this.attemptsFailed.add(reason);
    this.inFlight.change(-1, nowNs);
  }

  retryStopped(stop: RetryStop): void {
    this.retriesStopped[stop] = (this.retriesStopped[stop] ?? 0) + 1;
  }

  hedgeStarted(): void {
    this.hedges++;
  }

  hedgeWon(): void {
    this.hedgesWon++;
  }

  hedgeStopped(stop: HedgeStop): void {
    this.hedgesStopped[stop] = (this.hedgesStopped[stop] ?? 0) + 1;
  }

  succeeded(latencyMs: number): void {
    this.successes++;
    this.latency.record(latencyMs);
  }

  /** By the link of the chain at this position. */
  fellBack(reason: Reason, link: number, latencyMs: number): void {
    this.fallback.add(reason);
    while (this.fallbackLinks.length <= link) this.fallbackLinks.push(0);
    this.fallbackLinks[link]!++;
    this.latency.record(latencyMs);
  }

  failed(reason: Reason, attempts: number, latencyMs: number): void {
    if (isRefusal(reason, attempts)) this.rejected.add(reason);
    else this.failures.add(reason);
    this.latencyFailed.record(latencyMs);
  }

  flush(fromNs: number, nowNs: number, policy: PolicyState): EdgeSample {
    const sample: EdgeSample = {
      offered: this.offered,
      succeeded: this.successes,
      fallback: this.fallback.flush(),
      failed: this.failures.flush(),
      rejected: this.rejected.flush(),
      attempts: this.attempts,
      attemptsFailed: this.attemptsFailed.flush(),
      retries: this.retries.count,
      retriesPeak: this.retries.max,
      retriesStopped: this.retriesStopped,
      hedges: this.hedges,
      hedgesWon: this.hedgesWon,
      overtaken: this.overtaken,
      hedgesStopped: this.hedgesStopped,
      latency: this.latency.flush(),
      latencyFailed: this.latencyFailed.flush(),
      wait: this.wait.flush(),
      inFlightMax: this.inFlight.max,
      inFlightMean: this.inFlight.flush(fromNs, nowNs),
      limit: policy.limit,
      queueMax: this.queue.max,
      queueMean: this.queue.flush(fromNs, nowNs),
      breakerOpenShare: policy.breakerOpenShare,
      budgetLeft: policy.budgetLeft,
      fallbackLinks: this.fallbackLinks,
      fallbackNormalShare: policy.fallbackNormalShare,
      fallbackNormalMs: policy.fallbackNormalMs,
      classes: this.classes === undefined ? NO_CLASSES : this.classes.flush(),
      ...this.cache.flush(),
    };
    this.retries.reset();
    this.offered = 0;
    this.successes = 0;
    this.attempts = 0;
    this.retriesStopped = {};
    this.hedges = 0;
    this.hedgesWon = 0;
    this.overtaken = 0;
    this.hedgesStopped = {};
    this.fallbackLinks = [];
    return sample;
  }
}

const NO_CLASSES: EdgeSample['classes'] = [];
