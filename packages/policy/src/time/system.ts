import type { Clock, Timer } from './clock.ts';

// What Node, browsers and edge runtimes have alike; the types of none of them are loaded here.
declare const performance: { now(): number };
declare function setTimeout(run: () => void, delayMs: number): Handle;
declare function clearTimeout(handle: unknown): void;

/**
 * The longest delay that `setTimeout` knows, 24.8 days: it keeps the delay in 31 bits, and runs a
 * longer one at once.
 */
const longestTimeoutMs = 2 ** 31 - 1;

/** Node's can let the process end; those of browsers and edge runtimes are numbers. */
interface Handle {
  ref?(): void;
  unref?(): void;
}

/**
 * A pending callback: armed again until it is due, because timeouts are too short for some delays
 * and early for others.
 */
class SystemTimer {
  private readonly dueMs: number;
  private readonly run: () => void;
  private handle: Handle | undefined;
  private keepsAlive: boolean = true;

  constructor(delayMs: number, run: () => void) {
    this.dueMs = performance.now() + delayMs;
    this.run = run;
    this.arm(delayMs);
  }

  cancel(): void {
    clearTimeout(this.handle);
  }

  keepAlive(keep: boolean): void {
    this.keepsAlive = keep;
    if (keep) this.handle?.ref?.();
    else this.handle?.unref?.();
  }

  private arm(delayMs: number): void {
    // Rounded up: Node cuts fractions off, and would wake up early for nothing.
    const timeoutMs = Math.min(Math.max(0, Math.ceil(delayMs)), longestTimeoutMs);
    this.handle = setTimeout(() => this.fire(), timeoutMs);
    if (!this.keepsAlive) this.keepAlive(false);
  }

  private fire(): void {
    const leftMs = this.dueMs - performance.now();
    if (leftMs > 0) this.arm(leftMs);
    else this.run();
  }
}

/**
 * The clock of the machine, monotonic. A callback never runs early, however long its delay; an
 * infinite delay never ends, and a pending callback keeps the process alive as any timeout does,
 * unless `keepAlive` says otherwise.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs: number, run: () => void): Timer => new SystemTimer(delayMs, run),
  cancel: (timer: Timer): void => {
    if (timer instanceof SystemTimer) timer.cancel();
  },
  keepAlive: (timer: Timer, keep: boolean): void => {
    if (timer instanceof SystemTimer) timer.keepAlive(keep);
  },
};

/** Milliseconds since 1970 by the clock on the wall, which may jump: for dates that others sent. */
export function wallTimeMs(): number {
  return Date.now();
}

/** Resolves when everything that is ready to run now has run, promises that follow included. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
