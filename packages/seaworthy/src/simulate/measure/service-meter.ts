import { Reason } from '@seaworthy/policy/engine';

import type { ServiceSample } from '../../signals/run.ts';
import { Level } from '../../signals/level.ts';
import { Recorder } from '../../signals/recorder.ts';
import { ReasonCounts } from './reason-counts.ts';
import { VersionMeter } from './version-meter.ts';
import { doubleZero } from '../../signals/double-zero.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const { none } = Reason;

/** Counts what happens inside one service, all replicas together, until the interval ends. */
export class ServiceMeter {
  readonly inFlight = new Level();
  readonly queue = new Level();
  /** Replicas that callers choose from. */
  readonly ready = new Level();
  /** Replicas that stand still. */
  readonly paused = new Level();
  /** Cores that compute. */
  readonly computing = new Level();
  private arrivals = 0;
  private collections = 0;
  private served = 0;
  private readonly failed = new ReasonCounts();
  private wastedRequests = 0;
  private wastedMs: number = doubleZero;
  private busyMs: number = doubleZero;
  private readonly wait = new Recorder();
  private readonly serviceTime = new Recorder();
  private readonly arrivedAt: Float64Array;
  private readonly failedAt: Float64Array;
  private readonly servedBy: Float64Array;
  private readonly serviceMsBy: Float64Array;

  /** Of each version; none where there is only one, so that nothing need be counted. */
  readonly versions: readonly VersionMeter[];

  constructor(replicas: number, versions: number) {
    this.versions = Array.from({ length: versions > 1 ? versions : 0 }, () => new VersionMeter());
    this.arrivedAt = new Float64Array(replicas);
    this.failedAt = new Float64Array(replicas);
    this.servedBy = new Float64Array(replicas);
    this.serviceMsBy = new Float64Array(replicas);
  }

  arrived(replica: number): void {
    this.arrivals++;
    this.arrivedAt[replica]!++;
  }

  /** A request got a worker slot. */
  started(waitMs: number): void {
    this.wait.record(waitMs);
  }

  /** A request that held a slot for `serviceMs` has been answered. */
  answered(reason: Reason, serviceMs: number, replica: number): void {
    if (reason === none) this.served++;
    else this.fail(reason, replica);
    this.busyMs += serviceMs;
    this.serviceTime.record(serviceMs);
    this.servedBy[replica]!++;
    this.serviceMsBy[replica]! += serviceMs;
  }

  /** A replica of this version has collected its garbage. */
  collected(version: number): void {
    this.collections++;
    this.versions[version]?.collected();
  }

  /** A request was refused without a slot. */
  refused(reason: Reason, replica: number): void {
    this.fail(reason, replica);
  }

  private fail(reason: Reason, replica: number): void {
    this.failed.add(reason);
    this.failedAt[replica]!++;
  }

  /** A request that held a slot for `serviceMs` was worked on for a caller that had gone. */
  wasted(serviceMs: number): void {
    this.wastedRequests++;
    this.wastedMs += serviceMs;
  }

  /** A request that held a slot was cancelled before its end. */
  cancelled(serviceMs: number): void {
    this.busyMs += serviceMs;
  }

  flush(fromNs: number, nowNs: number, slots: number, cores: number): ServiceSample {
    const queueMax = this.queue.max;
    const inFlightMean = this.inFlight.flush(fromNs, nowNs);
    const computingMean = this.computing.flush(fromNs, nowNs);
    const sample: ServiceSample = {
      arrived: this.arrivals,
      served: this.served,
      failed: this.failed.flush(),
      wasted: this.wastedRequests,
      wastedMs: this.wastedMs,
      busyMs: this.busyMs,
      wait: this.wait.flush(),
      serviceTime: this.serviceTime.flush(),
      inFlightMean,
      queueMean: this.queue.flush(fromNs, nowNs),
      queueMax,
      slots,
      // Of what would run out first.
      utilisation: Math.max(
        slots > 0 ? inFlightMean / slots : -1,
        cores > 0 ? computingMean / cores : -1,
      ),
      ready: this.ready.flush(fromNs, nowNs),
      paused: this.paused.flush(fromNs, nowNs),
      collections: this.collections,
      replicas: this.flushReplicas(),
      versions: this.versions.map((version) => version.flush(fromNs, nowNs)),
    };
    this.arrivals = 0;
    this.collections = 0;
    this.served = 0;
    this.wastedRequests = 0;
    this.wastedMs = 0;
    this.busyMs = 0;
    return sample;
  }

  private flushReplicas(): ServiceSample['replicas'] {
    const replicas = Array.from(this.servedBy, (served, replica) => ({
      served,
      serviceTimeMeanMs: served > 0 ? this.serviceMsBy[replica]! / served : 0,
      arrived: this.arrivedAt[replica]!,
      failed: this.failedAt[replica]!,
    }));
    this.arrivedAt.fill(0);
    this.failedAt.fill(0);
    this.servedBy.fill(0);
    this.serviceMsBy.fill(0);
    return replicas;
  }
}
