import { Reason } from '@seaworthy/policy/engine';

import type { VersionSample } from '../../signals/run.ts';
import { Level } from '../../signals/level.ts';

/** What the replicas of one version of a service do, until the interval ends. */
export class VersionMeter {
  /** Replicas that callers choose from. */
  readonly ready = new Level();
  /** Replicas that stand still. */
  readonly paused = new Level();
  #collections = 0;
  #answered = 0;
  #failed = 0;
  #serviceMs = 0;
  #serviceMsSquared = 0;

  /** A request that held a slot for `serviceMs` has been answered. */
  answered(reason: Reason, serviceMs: number): void {
    this.#answered++;
    if (reason !== Reason.none) this.#failed++;
    this.#serviceMs += serviceMs;
    this.#serviceMsSquared += serviceMs * serviceMs;
  }

  /** A replica has collected its garbage. */
  collected(): void {
    this.#collections++;
  }

  flush(fromNs: number, nowNs: number): VersionSample {
    const answered = this.#answered;
    const mean = answered > 0 ? this.#serviceMs / answered : 0;
    const variance = answered > 0 ? this.#serviceMsSquared / answered - mean * mean : 0;
    const sample = {
      ready: this.ready.flush(fromNs, nowNs),
      paused: this.paused.flush(fromNs, nowNs),
      collections: this.#collections,
      answered,
      failed: this.#failed,
      serviceTimeMeanMs: mean,
      serviceTimeDeviationMs: Math.sqrt(Math.max(0, variance)),
    };
    this.#collections = 0;
    this.#answered = 0;
    this.#failed = 0;
    this.#serviceMs = 0;
    this.#serviceMsSquared = 0;
    return sample;
  }
}
