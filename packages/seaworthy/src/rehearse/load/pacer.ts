import type { Clock, Timer } from '@seaworthy/policy/engine';

import type { LoopWatch } from './watch/loop-watch.ts';

/**
 * A timer of Node is due on a whole millisecond and fires up to one after it, more on a busy
 * machine. The last stretch before an arrival is spent in turns of the event loop, which poll the
 * sockets and look at the clock.
 */
const spinMs = 2;

/** Calls at a time, to a few hundredths of a millisecond. */
export class Pacer {
  readonly #clock: Clock;
  readonly #nextTurn: (run: () => void) => void;
  readonly #watch: LoopWatch;
  readonly #run: () => void;
  #dueMs = Infinity;
  #timer: Timer = undefined;
  #isSpinning = false;

  /** @param run what is called when the time has come, which then says when next */
  constructor(
    clock: Clock,
    nextTurn: (run: () => void) => void,
    watch: LoopWatch,
    run: () => void,
  ) {
    this.#clock = clock;
    this.#nextTurn = nextTurn;
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
    this.#nextTurn(this.#turn);
  }

  readonly #turn = (): void => {
    const nowMs = this.#clock.now();
    this.#watch.turned(nowMs);
    if (nowMs >= this.#dueMs) this.#run();
    // What has run took time, but less than makes a difference here.
    if (this.#dueMs - nowMs <= spinMs) {
      this.#nextTurn(this.#turn);
      return;
    }
    this.#isSpinning = false;
    this.#watch.ends(nowMs);
    this.#arm();
  };
}
