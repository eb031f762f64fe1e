import type { RecordedArrivals } from '../plan.ts';
import { LoadTask } from '../task.ts';
import type { Feed, Part } from './feed.ts';

/** Tasks at the times of a recording; each thread takes its share, in turns. */
export class RecordedFeed implements Feed {
  readonly #arrivals: RecordedArrivals['arrivals'];
  readonly #step: number;
  #at: number;

  constructor({ arrivals }: RecordedArrivals, { index, count }: Part) {
    this.#arrivals = arrivals;
    this.#step = count;
    this.#at = index;
  }

  get nextMs(): number {
    return this.#arrivals[this.#at]?.atMs ?? Infinity;
  }

  take(): LoadTask {
    const { atMs, request } = this.#arrivals[this.#at]!;
    const task = new LoadTask(this.#at, request, atMs);
    this.#at += this.#step;
    return task;
  }

  settled(): void {
    // Nobody waits for it.
  }
}
