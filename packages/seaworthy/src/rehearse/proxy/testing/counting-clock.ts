import { type Clock, systemClock, type Timer } from '@seaworthy/policy/engine';

/** The real clock, which knows what waits. */
export class CountingClock implements Clock {
  readonly #waiting = new Set<object>();

  /** How many callbacks are still to come. */
  get waiting(): number {
    return this.#waiting.size;
  }

  now(): number {
    return systemClock.now();
  }

  after(delayMs: number, run: () => void): Timer {
    const timer = systemClock.after(delayMs, () => {
      this.#waiting.delete(timer as object);
      run();
    });
    this.#waiting.add(timer as object);
    return timer;
  }

  cancel(timer: Timer): void {
    this.#waiting.delete(timer as object);
    systemClock.cancel(timer);
  }

  keepAlive(timer: Timer, keep: boolean): void {
    systemClock.keepAlive?.(timer, keep);
  }
}
