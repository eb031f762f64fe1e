import type { Candidate } from '../candidate.ts';
import { queue } from '../candidate.ts';

/** What the arrival event carries instead of a server. */
const ARRIVAL = -1;

/**
 * The ceiling: what a program can reach that knows nothing but M/M/c. A binary heap on typed
 * arrays, a ring of arrival times, no objects, no policies, no signals.
 */
export const bareLoop: Candidate = { customers: 16_000_000, run: simulate };

function simulate(customers: number, seed: number): number {
  const random = generator(seed);
  const heap = new Heap(queue.servers + 1);
  const waiting = new Ring();
  let free: number = queue.servers;
  let begun = 0;
  let totalWait = 0;

  heap.push(-Math.log(random()) / queue.arrivalRate, ARRIVAL);
  while (begun < customers) {
    const now = heap.time();
    if (heap.pop() === ARRIVAL) {
      heap.push(now - Math.log(random()) / queue.arrivalRate, ARRIVAL);
      if (free === 0) {
        waiting.push(now);
        continue;
      }
      free--;
    } else if (waiting.size === 0) {
      free++;
      continue;
    } else {
      totalWait += now - waiting.shift();
    }
    heap.push(now - Math.log(random()), 0);
    begun++;
  }
  return totalWait / customers;
}

/** A binary heap of (time, what). */
class Heap {
  private readonly times: Float64Array;
  private readonly kinds: Int32Array;
  private size = 0;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.kinds = new Int32Array(capacity);
  }

  time(): number {
    return this.times[0]!;
  }

  push(time: number, kind: number): void {
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.times[parent]! <= time) break;
      this.times[at] = this.times[parent]!;
      this.kinds[at] = this.kinds[parent]!;
      at = parent;
    }
    this.times[at] = time;
    this.kinds[at] = kind;
  }

  pop(): number {
    const kind = this.kinds[0]!;
    const size = --this.size;
    const time = this.times[size]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.times[child + 1]! < this.times[child]!) child++;
      if (this.times[child]! >= time) break;
      this.times[at] = this.times[child]!;
      this.kinds[at] = this.kinds[child]!;
      at = child;
    }
    this.times[at] = time;
    this.kinds[at] = this.kinds[size]!;
    return kind;
  }
}

/** Arrival times of those who wait, first come first served. */
class Ring {
  /** A power of two, far beyond any queue that M/M/4 at 80 % ever has. */
  private readonly times = new Float64Array(1 << 16);
  private head = 0;
  size = 0;

  push(time: number): void {
    this.times[(this.head + this.size++) & 0xffff] = time;
  }

  shift(): number {
    const time = this.times[this.head]!;
    this.head = (this.head + 1) & 0xffff;
    this.size--;
    return time;
  }
}

/** xorshift32 (Marsaglia 2003): the cheapest generator that is good enough here; in (0, 1]. */
function generator(seed: number): () => number {
  let state = (seed * 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 1) / 4294967297;
  };
}
