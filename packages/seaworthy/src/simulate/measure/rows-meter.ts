import type { RowsSample } from '../../signals/run.ts';
import { Level } from '../../signals/level.ts';
import { Recorder } from '../../signals/recorder.ts';

/** Counts what happens to some rows, all of them together, until the interval ends. */
export class RowsMeter {
  /** Requests that wait for a lock. */
  readonly queue = new Level();
  /** Rows that are locked. */
  readonly held = new Level();
  #locked = 0;
  #gaveUp = 0;
  #writes = 0;
  #conflicts = 0;
  readonly #wait = new Recorder();

  locked(waitMs: number): void {
    this.#locked++;
    this.#wait.record(waitMs);
  }

  /** A request stopped to wait for a lock without having got it. */
  gaveUp(): void {
    this.#gaveUp++;
  }

  written(conflict: boolean): void {
    this.#writes++;
    if (conflict) this.#conflicts++;
  }

  flush(fromNs: number, nowNs: number): RowsSample {
    const queueMax = this.queue.max;
    const sample = {
      locked: this.#locked,
      gaveUp: this.#gaveUp,
      wait: this.#wait.flush(),
      queueMean: this.queue.flush(fromNs, nowNs),
      queueMax,
      heldMean: this.held.flush(fromNs, nowNs),
      writes: this.#writes,
      conflicts: this.#conflicts,
    };
    this.#locked = 0;
    this.#gaveUp = 0;
    this.#writes = 0;
    this.#conflicts = 0;
    return sample;
  }
}
