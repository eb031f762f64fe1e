import type { Clock, Timer } from '../time/clock.ts';

/** What can wait in a {@link TimerQueue}: it carries its own place, so that removing it needs no search. */
export interface Timed {
  /** Belongs to the queue. −1 while it is in none. */
  timerIndex: number;
}

/** Places to begin with; they double when they are full. */
const INITIAL_CAPACITY = 64;

/** Children of one place of the heap. Four make it half as deep as two, and they share a cache line. */
const ARITY = 4;

/**
 * Many due times, one armed timer of the clock. An indexed heap: insert, move and remove in O(log n), nothing is
 * allocated for them, and no cancelled entry stays behind. What is due at the same time runs in the order of insertion.
 *
 * The timer is armed again only when something becomes due before it fires. So calls that end in time cost no timer
 * at all; one that fires for nothing arms the next. While the queue is empty the timer that is still armed does not
 * keep the process alive ({@link Clock.keepAlive}).
 */
export class TimerQueue<T extends Timed> {
  /** How many wait. */
  size: number = 0;

  private readonly clock: Clock;
  private readonly run: (item: T, nowMs: number) => void;
  private readonly wakeUp: () => void;
  private items: (T | undefined)[] = [];
  private dues: Float64Array = new Float64Array(INITIAL_CAPACITY);
  private sequences: Float64Array = new Float64Array(INITIAL_CAPACITY);
  private nextSequence: number = 0;
  private timer: Timer = undefined;
  private armedMs: number = Infinity;
  private running: boolean = false;

  /** `run` gets each item when it is due; it has left the queue by then and may enter it again. */
  constructor(clock: Clock, run: (item: T, nowMs: number) => void) {
    this.clock = clock;
    this.run = run;
    this.wakeUp = (): void => this.wake();
  }

  /** When the next one is due. Infinity: nothing waits. */
  get earliestMs(): number {
    return this.size > 0 ? this.dues[0]! : Infinity;
  }

  /** Lets `item` run at `dueMs`, in place of any time it had before. Never runs it at once. */
  set(item: T, dueMs: number, nowMs: number): void {
    if (item.timerIndex >= 0) this.remove(item);
    if (this.size === this.dues.length) this.grow();
    const sequence = this.nextSequence++;
    this.size++;
    this.siftUp(this.size - 1, item, dueMs, sequence);
    if (this.running) return;
    if (dueMs < this.armedMs) this.arm(dueMs, nowMs);
    else if (this.size === 1) this.clock.keepAlive?.(this.timer, true);
  }

  /** Forgets `item`. Does nothing when it does not wait. */
  remove(item: T): void {
    const index = item.timerIndex;
    if (index < 0) return;
    item.timerIndex = -1;
    const last = --this.size;
    const moved = this.items[last]!;
    this.items[last] = undefined;
    if (index !== last) this.place(index, moved, this.dues[last]!, this.sequences[last]!);
    if (last === 0 && !this.running && this.armedMs < Infinity) {
      this.clock.keepAlive?.(this.timer, false);
    }
  }

  /** All that waits, in no particular order, as a list of its own. */
  waiting(): T[] {
    return this.items.slice(0, this.size) as T[];
  }

  /** Drops the armed timer when nothing waits for it. */
  rest(): void {
    if (this.size > 0 || this.armedMs === Infinity) return;
    this.clock.cancel(this.timer);
    this.timer = undefined;
    this.armedMs = Infinity;
  }

  private arm(dueMs: number, nowMs: number): void {
    if (this.armedMs < Infinity) this.clock.cancel(this.timer);
    this.armedMs = dueMs;
    this.timer = this.clock.after(dueMs - nowMs, this.wakeUp);
  }

  /**
   * Timers of real clocks fire early by a fraction, and virtual time is rounded: the time that was asked for is taken
   * as reached, or a timer could fire for ever without progress. What is set meanwhile waits for the next turn.
   */
  private wake(): void {
    const nowMs = Math.max(this.clock.now(), this.armedMs);
    const endSequence = this.nextSequence;
    this.timer = undefined;
    this.armedMs = Infinity;
    this.running = true;
    try {
      while (this.size > 0 && this.dues[0]! <= nowMs && this.sequences[0]! < endSequence) {
        const item = this.items[0]!;
        this.remove(item);
        this.run(item, nowMs);
      }
    } finally {
      this.running = false;
      if (this.size > 0) this.arm(this.dues[0]!, this.clock.now());
    }
  }

  private place(index: number, item: T, dueMs: number, sequence: number): void {
    const parent = (index - 1) >> 2;
    if (index > 0 && this.isBefore(dueMs, sequence, parent)) {
      this.siftUp(index, item, dueMs, sequence);
    } else {
      this.siftDown(index, item, dueMs, sequence);
    }
  }

  private siftUp(from: number, item: T, dueMs: number, sequence: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 2;
      if (!this.isBefore(dueMs, sequence, parent)) break;
      this.put(index, this.items[parent]!, this.dues[parent]!, this.sequences[parent]!);
      index = parent;
    }
    this.put(index, item, dueMs, sequence);
  }

  private siftDown(from: number, item: T, dueMs: number, sequence: number): void {
    let index = from;
    for (;;) {
      const first = index * ARITY + 1;
      if (first >= this.size) break;
      const end = Math.min(first + ARITY, this.size);
      let least = first;
      for (let child = first + 1; child < end; child++) {
        if (this.isBefore(this.dues[child]!, this.sequences[child]!, least)) least = child;
      }
      if (this.isBefore(dueMs, sequence, least)) break;
      this.put(index, this.items[least]!, this.dues[least]!, this.sequences[least]!);
      index = least;
    }
    this.put(index, item, dueMs, sequence);
  }

  private isBefore(dueMs: number, sequence: number, index: number): boolean {
    const otherMs = this.dues[index]!;
    return dueMs < otherMs || (dueMs === otherMs && sequence < this.sequences[index]!);
  }

  private put(index: number, item: T, dueMs: number, sequence: number): void {
    this.items[index] = item;
    this.dues[index] = dueMs;
    this.sequences[index] = sequence;
    item.timerIndex = index;
  }

  private grow(): void {
    const capacity = this.dues.length * 2;
    const dues = new Float64Array(capacity);
    const sequences = new Float64Array(capacity);
    dues.set(this.dues);
    sequences.set(this.sequences);
    this.dues = dues;
    this.sequences = sequences;
  }
}
