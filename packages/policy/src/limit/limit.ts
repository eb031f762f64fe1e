import type { LimitQueueSettings, QueueOrder } from '../call/settings.ts';
import { Line } from '../line/line.ts';
import type { Linked } from '../line/line.ts';
import type { Random } from '../random/random.ts';
import type { Codel } from './codel.ts';

/** What can wait for a slot. */
export interface Waiter<T extends Waiter<T>> extends Linked<T> {
  /** When it began to wait. Belongs to the limit. */
  queuedMs: number;
}

/** A queue that moves with the limit refuses none up to so many times the limit … */
const refusesFrom = 2;
/** … and all from here on. In between the share rises in a straight line (failsafe-go). */
const refusesAll = 3;

/**
 * So many slots, and a bounded queue for them. Whoever holds a slot holds it until `release`; what
 * waits is handed a free slot in the same turn, before anyone who comes later. It drives nothing:
 * it is asked and answers at once.
 */
export class ConcurrencyLimit<T extends Waiter<T>> {
  /**
   * How many slots there are. May change at any time: what holds a slot beyond it keeps it, and
   * what waits is asked for with `next`.
   */
  concurrency: number;
  /** How many are held. Above `concurrency` while probes of a breaker run, or after it fell. */
  inUse: number = 0;
  /** How many of these were taken beyond the slots there were. */
  beyond: number = 0;
  /** What waits. */
  readonly queue: Line<T> = new Line<T>();

  /** How many may wait. Undefined: it moves with the slots. May change, as the two below. */
  queueLimit: number | undefined;
  order: QueueOrder;
  codel: Codel | undefined;
  private readonly random: Random;

  /**
   * Without a `queue.limit` the length of the queue moves with `concurrency`; `random` is asked
   * only while such a queue is full in part. `codel`: drops by age.
   */
  constructor(
    concurrency: number,
    queue: Pick<LimitQueueSettings, 'limit' | 'order'>,
    random: Random,
    codel?: Codel,
  ) {
    this.concurrency = concurrency;
    this.queueLimit = queue.limit;
    this.random = random;
    this.order = queue.order;
    this.codel = codel;
  }

  /** Whether a newcomer can have a slot at once: one is free, and nobody waits for it. */
  isFree(): boolean {
    return this.inUse < this.concurrency && this.queue.size === 0;
  }

  /** Takes a slot for a newcomer, when one is free. */
  takeFree(nowMs: number): void {
    this.inUse++;
    if (this.codel !== undefined) this.codel.drops(0, nowMs);
  }

  /** Takes a slot for one that `next` has handed out. */
  take(): void {
    this.inUse++;
  }

  /** Takes one slot more than there are, for a probe; `beyond` says how many are so taken. */
  takeBeyond(): void {
    this.inUse++;
    this.beyond++;
  }

  /** Gives a slot back. Then ask `next` until it has none. */
  release(): void {
    this.inUse--;
    // One is as good as another: what is given back first is what was too much.
    if (this.beyond > 0) this.beyond--;
  }

  /**
   * Lets `waiter` wait. False: the queue is full. Slots that are just being handed over count as
   * room.
   */
  enqueue(waiter: T, nowMs: number): boolean {
    if (this.refuses()) return false;
    waiter.queuedMs = nowMs;
    this.queue.add(waiter);
    return true;
  }

  private refuses(): boolean {
    const { concurrency, queueLimit } = this;
    const ahead = this.queue.size - Math.max(0, concurrency - this.inUse);
    if (queueLimit !== undefined) return ahead >= queueLimit;
    const excess = ahead - refusesFrom * concurrency;
    if (excess < 0) return false;
    const width = (refusesAll - refusesFrom) * concurrency;
    return excess >= width || this.random.next() * width < excess;
  }

  /** The one whose turn it is, when a slot is free for it: out of the queue, with no slot yet. */
  next(): T | undefined {
    if (this.queue.size === 0 || this.inUse >= this.concurrency) return undefined;
    const { queue } = this;
    const waiter = this.order === 'lifo' ? queue.last : queue.first;
    queue.remove(waiter!);
    return waiter;
  }

  /** Whether one that `next` has handed out waited too long by the judgement of CoDel. Ask once. */
  isStale(waiter: T, nowMs: number): boolean {
    return this.codel !== undefined && this.codel.drops(nowMs - waiter.queuedMs, nowMs);
  }
}
