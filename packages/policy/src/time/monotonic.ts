import type { Clock } from './clock.ts';

/**
 * The time of one engine, read from the clock once for each thing that happens to it. It never goes
 * back, even where a timer fired a fraction early and its due time was taken as reached.
 */
export class MonotonicTime {
  /** The latest time that is known. */
  nowMs: number = -Infinity;
  /** When something happened to the engine last: it ran then, so nothing held it up. */
  activeMs: number = -Infinity;
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Reads the clock, because something happens. */
  read(): number {
    this.activeMs = this.reach(this.clock.now());
    return this.activeMs;
  }

  /** Reads the clock for someone who only looks. */
  look(): number {
    return this.reach(this.clock.now());
  }

  /** Takes `nowMs` as reached. */
  reach(nowMs: number): number {
    if (nowMs > this.nowMs) this.nowMs = nowMs;
    return this.nowMs;
  }
}
