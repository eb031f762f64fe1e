/** What a {@link DueHeap} holds: it carries its own place, so that removing it needs no search. */
export interface HeapItem {
  /** Belongs to the heap. −1 while it is in none. */
  heapIndex: number;
  /** Belongs to who puts it in; not to be changed while it is there. Order is by time first. */
  dueMs: number;
  /** The same, for items that are due at one time. */
  dueSequence: number;
}

/** Places to begin with; they double when they are full. */
const INITIAL_CAPACITY = 64;

/**
 * Children of one place. Four make the heap half as deep as two, and their keys share a cache line.
 */
const ARITY = 4;

/**
 * An indexed heap: insert and remove in O(log n), nothing is allocated for them, and no removed
 * item stays behind.
 */
export class DueHeap<T extends HeapItem> {
  /** How many items it holds. */
  size: number = 0;
  private readonly items: (T | undefined)[] = [];
  private dues: Float64Array = new Float64Array(INITIAL_CAPACITY);
  private sequences: Float64Array = new Float64Array(INITIAL_CAPACITY);

  /** The one that is due first. */
  get first(): T | undefined {
    return this.size > 0 ? this.items[0] : undefined;
  }

  /** Only an item that is in no heap, with its `dueMs` and `dueSequence` set. */
  insert(item: T): void {
    if (this.size === this.dues.length) this.grow();
    this.size++;
    this.siftUp(this.size - 1, item, item.dueMs, item.dueSequence);
  }

  /** Only an item that is in this heap. */
  remove(item: T): void {
    const index = item.heapIndex;
    item.heapIndex = -1;
    const last = --this.size;
    const moved = this.items[last]!;
    this.items[last] = undefined;
    if (index === last) return;
    const dueMs = this.dues[last]!;
    const sequence = this.sequences[last]!;
    if (index > 0 && this.isBefore(dueMs, sequence, (index - 1) >> 2)) {
      this.siftUp(index, moved, dueMs, sequence);
    } else {
      this.siftDown(index, moved, dueMs, sequence);
    }
  }

  /** All items, in no particular order, as a list of its own. */
  toArray(): T[] {
    return this.items.slice(0, this.size) as T[];
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
    item.heapIndex = index;
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
