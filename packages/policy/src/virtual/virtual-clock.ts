import type { Clock, Timer } from '../time/clock.ts';

/** Nanoseconds in a millisecond: virtual time is whole nanoseconds, as in the simulator. */
const NANOSECONDS = 1_000_000;

/** More turns than any test needs: what runs longer re-arms itself for ever. */
const TURNS_MAX = 1_000_000;

interface PendingTimer {
  readonly dueMs: number;
  readonly run: () => void;
}

/**
 * A clock for tests that moves only when told. Callbacks run in order of (due time, order of
 * asking). Due times are rounded to whole nanoseconds, so that a callback may run a fraction before
 * its exact time, as real timers do.
 */
export class VirtualClock implements Clock {
  private nowMs: number;
  /** Sorted, the next one last. */
  private readonly timers: PendingTimer[] = [];

  /** @param startMs What time it is at first, in milliseconds. Default 0. */
  constructor(startMs: number = 0) {
    this.nowMs = startMs;
  }

  /** What time it is, in milliseconds. */
  now(): number {
    return this.nowMs;
  }

  /** Runs a function when time has moved on by so many milliseconds. */
  after(delayMs: number, run: () => void): Timer {
    const exactMs = this.nowMs + Math.max(0, delayMs);
    const timer = { dueMs: Math.round(exactMs * NANOSECONDS) / NANOSECONDS, run };
    const at = this.timers.findLastIndex((other) => other.dueMs > timer.dueMs) + 1;
    this.timers.splice(at, 0, timer);
    return timer;
  }

  /** The function will not run. Does nothing for one that has. */
  cancel(timer: Timer): void {
    const at = this.timers.indexOf(timer as PendingTimer);
    if (at >= 0) this.timers.splice(at, 1);
  }

  /** How many callbacks wait. */
  get pending(): number {
    return this.timers.length;
  }

  /** When the next callback is due. Infinity: none waits. */
  get nextMs(): number {
    return this.timers.at(-1)?.dueMs ?? Infinity;
  }

  /** Moves the time forward by `byMs`, and runs what falls due on the way. */
  advance(byMs: number): void {
    this.advanceTo(this.nowMs + byMs);
  }

  /** The process stands still for `byMs`: what falls due runs late, with the next `advance`. */
  stall(byMs: number): void {
    this.nowMs += byMs;
  }

  /** Moves the time forward to `untilMs`, and runs what falls due on the way. */
  advanceTo(untilMs: number): void {
    for (let turns = 0; this.runNext(untilMs); turns++) {
      if (turns > TURNS_MAX) throw new Error(`timers without end at ${this.nowMs} ms`);
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  /** Runs until no callback waits. */
  runAll(): void {
    for (let turns = 0; this.runNext(Infinity); turns++) {
      if (turns > TURNS_MAX) throw new Error(`timers without end at ${this.nowMs} ms`);
    }
  }

  private runNext(untilMs: number): boolean {
    const timer = this.timers.at(-1);
    if (timer === undefined || timer.dueMs > untilMs) return false;
    this.timers.pop();
    this.nowMs = Math.max(this.nowMs, timer.dueMs);
    timer.run();
    return true;
  }
}
