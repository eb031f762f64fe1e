import { Line } from '../line/line.ts';
import type { Linked } from '../line/line.ts';
import type { Clock, Timer } from '../time/clock.ts';
import { isExplainedByLag } from '../time/lag.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import { DueHeap } from './due-heap.ts';
import type { HeapItem } from './due-heap.ts';

/** What can wait in a {@link TimerQueue}. All of it belongs to the queue. */
export interface Timed<T extends Timed<T>> extends HeapItem, Linked<T> {}

/**
 * Many due times, one armed timer of the clock. What is due at the same time runs in the order in
 * which it was set.
 *
 * Most due times come in order: they are a fixed timeout after now. Those stand in a line, where
 * setting and removing is O(1); whatever would have to jump it goes to a heap. Nothing is
 * allocated, and nothing stays behind.
 *
 * The timer is armed again only when something becomes due before it fires. So calls that end in
 * time cost no timer at all; one that fires for nothing arms the next. While the queue is empty the
 * timer that is still armed does not keep the process alive ({@link Clock.keepAlive}).
 */
export class TimerQueue<T extends Timed<T>> {
  private readonly clock: Clock;
  private readonly time: MonotonicTime;
  private readonly run: (item: T) => void;
  private readonly wakeUp: () => void;
  private readonly heap: DueHeap<T> = new DueHeap<T>();
  private readonly line: Line<T> = new Line<T>();
  private nextSequence: number = 0;
  private timer: Timer = undefined;
  private armedMs: number = Infinity;
  private running: boolean = false;
  /** While items run: how long after the time for which the timer was armed. */
  private lateMs: number = 0;
  /** While items run: when anything had happened last before them. */
  private silentSinceMs: number = -Infinity;

  /**
   * `run` gets each item when it is due; it has left the queue by then and may enter it again.
   * `time` belongs to the same clock, and has been read in the turn in which something is set.
   */
  constructor(clock: Clock, time: MonotonicTime, run: (item: T) => void) {
    this.clock = clock;
    this.time = time;
    this.run = run;
    this.wakeUp = (): void => this.wake();
  }

  /** How many wait. */
  get size(): number {
    return this.line.size + this.heap.size;
  }

  /** When the next one is due. Infinity: nothing waits. */
  get earliestMs(): number {
    const item = this.earliest();
    return item === undefined ? Infinity : item.dueMs;
  }

  /** Lets `item` run at `dueMs`, in place of any time it had before. Never runs it at once. */
  set(item: T, dueMs: number): void {
    this.prepare(item, dueMs);
    this.heap.insert(item);
    this.armFor(dueMs);
  }

  /** The same, quicker when no item that was set by this is due later. */
  setInLine(item: T, dueMs: number): void {
    this.prepare(item, dueMs);
    const { last } = this.line;
    if (last !== undefined && dueMs < last.dueMs) this.heap.insert(item);
    else this.line.add(item);
    this.armFor(dueMs);
  }

  /** Forgets `item`. Does nothing when it does not wait. */
  remove(item: T): void {
    if (item.heapIndex >= 0) this.heap.remove(item);
    else if (!this.line.remove(item)) return;
    if (this.size === 0 && !this.running && this.armedMs < Infinity) {
      this.clock.keepAlive?.(this.timer, false);
    }
  }

  /** All that waits, in no particular order, as a list of its own. */
  waiting(): T[] {
    const items = this.heap.toArray();
    for (let item = this.line.first; item !== undefined; item = item.next) items.push(item);
    return items;
  }

  /**
   * While an item runs: whether the lag of this process explains that what began at `startMs` had
   * not ended by `dueMs`.
   */
  wasHeldUp(startMs: number, dueMs: number): boolean {
    const silentMs = dueMs - Math.max(this.silentSinceMs, startMs);
    return isExplainedByLag(this.lateMs, silentMs, dueMs - startMs);
  }

  /** Drops the armed timer when nothing waits for it. */
  rest(): void {
    if (this.size > 0 || this.armedMs === Infinity) return;
    this.clock.cancel(this.timer);
    this.timer = undefined;
    this.armedMs = Infinity;
  }

  private prepare(item: T, dueMs: number): void {
    this.remove(item);
    item.dueMs = dueMs;
    item.dueSequence = this.nextSequence++;
  }

  private armFor(dueMs: number): void {
    if (this.running) return;
    if (dueMs < this.armedMs) this.arm(dueMs);
    else if (this.size === 1) this.clock.keepAlive?.(this.timer, true);
  }

  private earliest(): T | undefined {
    const inLine = this.line.first;
    const inHeap = this.heap.first;
    if (inLine === undefined) return inHeap;
    if (inHeap === undefined || inLine.dueMs < inHeap.dueMs) return inLine;
    if (inHeap.dueMs < inLine.dueMs) return inHeap;
    return inLine.dueSequence < inHeap.dueSequence ? inLine : inHeap;
  }

  private arm(dueMs: number): void {
    if (this.armedMs < Infinity) this.clock.cancel(this.timer);
    this.armedMs = dueMs;
    this.timer = this.clock.after(dueMs - this.time.nowMs, this.wakeUp);
  }

  /**
   * Timers of real clocks fire early by a fraction, and virtual time is rounded: the time that was
   * asked for is taken as reached, or a timer could fire for ever without progress. What is set
   * meanwhile waits for the next turn.
   */
  private wake(): void {
    const nowMs = this.time.reach(Math.max(this.clock.now(), this.armedMs));
    this.lateMs = nowMs - this.armedMs;
    this.silentSinceMs = this.time.activeMs;
    const endSequence = this.nextSequence;
    this.timer = undefined;
    this.armedMs = Infinity;
    this.running = true;
    try {
      for (let item = this.earliest(); item !== undefined; item = this.earliest()) {
        if (item.dueMs > nowMs || item.dueSequence >= endSequence) break;
        this.remove(item);
        this.run(item);
      }
    } finally {
      this.running = false;
      this.time.read();
      if (this.size > 0) this.arm(this.earliestMs);
    }
  }
}
