import { type CoreTimes, coreTimes } from '../system.ts';

/** How the generator itself fared during some time. */
export interface LoopReading {
  /**
   * The share of the time in which it had something to do, of the busiest thread. Waiting for the
   * next arrival keeps a core busy as well, but is not counted.
   */
  readonly busyShare: number;
  /** The longest turn of the event loop: for so long nothing was sent and no answer was seen. */
  readonly longestTurnMs: number;
  /**
   * The share of the time in which a thread could have gone on, and the machine had no core for it.
   * Undefined where the system does not say.
   */
  readonly starvedShare: number | undefined;
}

/** Watches the event loop of one thread that makes load. */
export class LoopWatch {
  #fromMs: number;
  #cores: CoreTimes | undefined = coreTimes();
  /** When the turn began that is going on; undefined: it sleeps between turns. */
  #turnMs: number | undefined = undefined;
  #hasWorked = false;
  #busyMs = 0;
  #longestMs = 0;

  constructor(nowMs: number) {
    this.#fromMs = nowMs;
  }

  /** Something was sent, or an answer was read, in this turn. */
  works(): void {
    this.#hasWorked = true;
  }

  begins(nowMs: number): void {
    this.#turnMs = nowMs;
  }

  /** A turn is over, and the next begins. Whether the one before had something to do. */
  turned(nowMs: number): boolean {
    const tookMs = nowMs - this.#turnMs!;
    this.#turnMs = nowMs;
    if (tookMs > this.#longestMs) this.#longestMs = tookMs;
    const hasWorked = this.#hasWorked;
    if (hasWorked) this.#busyMs += tookMs;
    this.#hasWorked = false;
    return hasWorked;
  }

  ends(nowMs: number): void {
    this.turned(nowMs);
    this.#turnMs = undefined;
  }

  /** Everything since the reading before. */
  read(nowMs: number): LoopReading {
    const lengthMs = nowMs - this.#fromMs;
    const cores = coreTimes();
    const before = this.#cores;
    const reading = {
      busyShare: shareOf(this.#busyMs, lengthMs),
      longestTurnMs: this.#longestMs,
      starvedShare:
        cores === undefined || before === undefined
          ? undefined
          : shareOf(cores.waitedMs - before.waitedMs, lengthMs),
    };
    this.#fromMs = nowMs;
    this.#cores = cores;
    this.#busyMs = 0;
    this.#longestMs = 0;
    return reading;
  }
}

function shareOf(partMs: number, lengthMs: number): number {
  return lengthMs > 0 ? Math.min(1, partMs / lengthMs) : 0;
}
