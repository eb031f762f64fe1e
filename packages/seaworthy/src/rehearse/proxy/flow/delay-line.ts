import type { Clock, Timer } from '@seaworthy/policy';

import type { ActiveFault } from '../plan/active-fault.ts';
import type { Parcel } from './parcel.ts';

/** The list of those that wait is copied after so many have gone: rarely, and before it is long. */
const goneMax = 1024;

/**
 * Parcels that wait for their time, in order: nothing overtakes, as on a wire. One timer for all.
 */
export class DelayLine {
  /** Bytes that wait. */
  bytes = 0;
  readonly #clock: Clock;
  /** Lets one go; false: no more for now, until {@link DelayLine.release} is called. */
  readonly #leave: (parcel: Parcel) => boolean;
  #waiting: Parcel[] = [];
  #first = 0;
  #timer: Timer = undefined;
  #timerMs = Infinity;

  constructor(clock: Clock, leave: (parcel: Parcel) => boolean) {
    this.#clock = clock;
    this.#leave = leave;
  }

  get isEmpty(): boolean {
    return this.#first === this.#waiting.length;
  }

  push(parcel: Parcel): void {
    const last = this.isEmpty ? undefined : this.#waiting.at(-1);
    if (last !== undefined && last.dueMs > parcel.dueMs) parcel.dueMs = last.dueMs;
    this.#waiting.push(parcel);
    this.bytes += parcel.data.length;
  }

  /** Lets go what is due, and waits for the rest. */
  release(): void {
    const nowMs = this.#clock.now();
    while (!this.isEmpty) {
      const parcel = this.#waiting[this.#first]!;
      if (parcel.dueMs > nowMs) return this.#arm(parcel.dueMs, nowMs);
      this.#first++;
      this.bytes -= parcel.data.length;
      this.#forgetGone();
      if (!this.#leave(parcel)) return this.#disarm();
    }
    this.#disarm();
  }

  /** A fault was taken down: what waited only for it goes now. */
  relieve(fault: ActiveFault): void {
    let beforeMs = 0;
    for (let at = this.#first; at < this.#waiting.length; at++) {
      const parcel = this.#waiting[at]!;
      parcel.relieve(fault);
      if (parcel.dueMs < beforeMs) parcel.dueMs = beforeMs;
      beforeMs = parcel.dueMs;
    }
  }

  /** Drops everything. */
  clear(): void {
    this.#waiting = [];
    this.#first = 0;
    this.bytes = 0;
    this.#disarm();
  }

  #forgetGone(): void {
    if (this.#first < goneMax && !this.isEmpty) return;
    this.#waiting = this.#waiting.slice(this.#first);
    this.#first = 0;
  }

  #arm(dueMs: number, nowMs: number): void {
    if (this.#timerMs === dueMs) return;
    this.#disarm();
    if (dueMs === Infinity) return;
    this.#timerMs = dueMs;
    this.#timer = this.#clock.after(dueMs - nowMs, () => {
      this.#timer = undefined;
      this.#timerMs = Infinity;
      this.release();
    });
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#clock.cancel(this.#timer);
    this.#timer = undefined;
    this.#timerMs = Infinity;
  }
}
