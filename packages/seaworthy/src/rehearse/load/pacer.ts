import type { Clock, Timer } from '@seaworthy/policy/engine';

import type { LoopWatch } from './watch/loop-watch.ts';

/**
 * A timer of Node is due on a whole millisecond and fires up to one after it, more on a busy
 * machine. The last stretch before an arrival is spent in turns of the event loop, which poll the
 * sockets and look at the clock.
 */
const spinMs = 2;

/**
 * Turns with nothing to do would take a whole core from those who are measured, on the same
 * machine. Short naps between them give most of it back; an answer is seen so much later at worst.
 * None where an arrival is nearer than a nap that takes twice as long.
 */
const napMs = 0.1;
const napMarginMs = 2 * napMs;

/** How the event loop of a thread goes on. */
export interface Turns {
  /** Runs in the next turn. */
  readonly nextTurn: (run: () => void) => void;
  /** Gives the core away for a moment. */
  readonly nap: (ms: number) => void;
}

/** Calls at a time, to a few hundredths of a millisecond. */
export class Pacer {
  readonly #clock: Clock;
  readonly #system: Turns;
  readonly #watch: LoopWatch;
  readonly #run: () => void;
  #dueMs = Infinity;
  #timer: Timer = undefined;
  #isSpinning = false;

  /** @param run what is called when the time has come, which then says when next */
  constructor(clock: Clock, system: Turns, watch: LoopWatch, run: () => void) {
    this.#clock = clock;
    this.#system = system;
    this.#watch = watch;
    this.#run = run;
  }

  /** From now on this time counts, of the clock. Infinity: none. */
  wakeAt(dueMs: number): void {
    this.#dueMs = dueMs;
    if (!this.#isSpinning) this.#arm();
  }

  #arm(): void {
    this.#clock.cancel(this.#timer);
    this.#timer = undefined;
    if (this.#dueMs === Infinity) return;
    const nowMs = this.#clock.now();
    const leftMs = this.#dueMs - nowMs;
    if (leftMs > spinMs) {
      this.#timer = this.#clock.after(leftMs - spinMs, () => this.#arm());
      return;
    }
    this.#isSpinning = true;
    this.#watch.begins(nowMs);
    this.#system.nextTurn(this.#turn);
  }

  readonly #turn = (): void => {
    const nowMs = this.#clock.now();
    const hasWorked = this.#watch.turned(nowMs);
    if (nowMs >= this.#dueMs) this.#run();
    // What has run took time, but less than makes a difference here.
    const leftMs = this.#dueMs - nowMs;
    if (leftMs <= spinMs) {
      if (!hasWorked && leftMs > napMarginMs) this.#system.nap(napMs);
      this.#system.nextTurn(this.#turn);
      return;
    }
    this.#isSpinning = false;
    this.#watch.ends(nowMs);
    this.#arm();
  };
}
