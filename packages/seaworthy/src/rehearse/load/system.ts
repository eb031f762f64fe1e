import { readFileSync } from 'node:fs';

/*
 * What the generator asks of the machine beyond a clock. The only file of it that knows how.
 */

/**
 * Runs in the next turn of the event loop, after it has looked at the sockets: no timer of Node is
 * as short.
 */
export function nextTurn(run: () => void): void {
  setImmediate(run);
}

const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * Gives the core away for so long, and some 50 µs more (the timer slack of Linux). Nothing else of
 * this thread goes on meanwhile.
 */
export function nap(ms: number): void {
  Atomics.wait(never, 0, 0, ms);
}

/** Milliseconds on an axis that all threads of this process share, to some microseconds. */
export function sharedNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** How long this thread has had a core, and how long it has waited for one. */
export interface CoreTimes {
  readonly heldMs: number;
  readonly waitedMs: number;
}

const NS_PER_MS = 1e6;

/** Undefined where the system does not say, which is anywhere but on Linux. */
export function coreTimes(): CoreTimes | undefined {
  let text: string;
  try {
    // In nanoseconds: on a core, and waiting for one (sched-stats.rst of the Linux kernel).
    text = readFileSync('/proc/thread-self/schedstat', 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const [heldNs, waitedNs] = text.split(' ').map(Number);
  return { heldMs: heldNs! / NS_PER_MS, waitedMs: waitedNs! / NS_PER_MS };
}
