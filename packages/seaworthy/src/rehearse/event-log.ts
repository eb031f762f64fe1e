import type { Clock } from '@seaworthy/policy/engine';

import type { RunEvent } from '../signals/run.ts';

/** More cannot be looked through, and a process that ends again and again makes a lot of them. */
const eventsMax = 5000;

/** What happens in a rehearsal, with its time from the beginning of the load. */
export class EventLog {
  readonly events: RunEvent[] = [];
  dropped = 0;
  readonly #clock: Clock;
  readonly #listener: ((event: RunEvent) => void) | undefined;
  #startMs: number;

  constructor(clock: Clock, listener: ((event: RunEvent) => void) | undefined) {
    this.#clock = clock;
    this.#listener = listener;
    this.#startMs = clock.now();
  }

  /** From now on the run counts. */
  begin(): void {
    this.#startMs = this.#clock.now();
  }

  /** Of the run. */
  get nowMs(): number {
    return this.#clock.now() - this.#startMs;
  }

  tell(event: Omit<RunEvent, 'atMs'>): void {
    if (this.events.length >= eventsMax) {
      this.dropped++;
      return;
    }
    const told = { atMs: this.nowMs, ...event };
    this.events.push(told);
    this.#listener?.(told);
  }
}
