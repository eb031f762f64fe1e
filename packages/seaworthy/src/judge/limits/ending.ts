import type { Model } from '../../model/model.ts';
import type { Interval } from '../../signals/run.ts';
import { recoveredForMs } from '../recovery.ts';
import { Backlog } from './backlog.ts';
import { HealthWatch } from './health.ts';

/** Of the intervals that probes are watched in. */
export const watchedMs = 1000;

/** A system that is on its way back gets this many times the horizon to arrive. */
const patience = 20;

/** How a stretch of a run ended, from the moment on at which it was watched. */
export interface Ending {
  readonly collapsed: boolean;
  /**
   * How it is known. `healthy`: 30 s in a row were good. `rising`: it failed for long, and the work
   * in the system still grew. `horizon`: it had not recovered when time was up.
   */
  readonly because: 'healthy' | 'rising' | 'horizon';
  /** From the start of the watch until the good 30 s began. */
  readonly recoveredAfterMs: number | undefined;
  readonly watchedForMs: number;
}

/** Watches a system until it is clear whether it comes back. */
export class EndingWatch {
  readonly #health: HealthWatch;
  readonly #backlog = new Backlog();
  readonly #horizonMs: number;
  #sinceMs = 0;
  #nowMs = 0;

  /** @param horizonMs not back after this long is collapsed */
  constructor(model: Model, horizonMs: number) {
    this.#health = new HealthWatch(model);
    this.#horizonMs = horizonMs;
  }

  get health(): HealthWatch {
    return this.#health;
  }

  /** Begins anew: at so many times the load of the model. */
  restart(atMs: number, load: number): void {
    this.#sinceMs = atMs;
    this.#nowMs = atMs;
    this.#health.restart(atMs, load);
    this.#backlog.restart();
  }

  add(interval: Interval): void {
    this.#nowMs = interval.toMs;
    this.#health.add(interval);
    this.#backlog.add(interval);
  }

  /** Undefined: not clear yet. `hold`: healthy is only what is healthy at the horizon. */
  ending(hold: boolean): Ending | undefined {
    const forMs = this.#nowMs - this.#sinceMs;
    const due = forMs >= this.#horizonMs;
    if ((!hold || due) && this.#health.isHealthy) {
      const recoveredAfterMs = hold ? 0 : forMs - recoveredForMs;
      return { collapsed: false, because: 'healthy', recoveredAfterMs, watchedForMs: forMs };
    }
    const observedMs = Math.max(recoveredForMs, this.#horizonMs / 4);
    const grows =
      this.#health.failingForMs >= observedMs && this.#backlog.rises(observedMs / watchedMs);
    if (grows) return this.#collapsed('rising', forMs);
    if (!due) return undefined;
    // The longer it takes, the longer it is looked at: near a threshold everything is slow.
    const comesBack = this.#backlog.falls(Math.floor(forMs / 2 / watchedMs));
    if (!hold && comesBack && forMs < patience * this.#horizonMs) return undefined;
    return this.#collapsed('horizon', forMs);
  }

  #collapsed(because: Ending['because'], watchedForMs: number): Ending {
    return { collapsed: true, because, recoveredAfterMs: undefined, watchedForMs };
  }
}
