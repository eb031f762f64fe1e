/** What a {@link DueHeap} holds: it carries its own place, so that removing it needs no search. */
export interface HeapItem {
  /** Belongs to the heap. −1 while it is in none. */
  heapIndex: number;
  /** Belongs to who puts it in; not to be changed while it is there. Order is by time first. */
  dueMs: number;
  /** The same, for items that are due at one time. */
  dueSequence: number;
}

/** Children of one place. Four make the heap half as deep as two. */
const ARITY = 4;

/**
 * An indexed heap: insert and remove in O(log n), nothing is allocated for them, and no removed
 * item stays behind.
 */
export class DueHeap<T extends HeapItem> {
  private readonly items: T[] = [];
  /**
   * Their due times once more: of 100,000 items hardly one is in the cache of the processor when it
   * is compared, and its due time is one more step away. What is beyond the items is of none.
   */
  private readonly dues: number[] = [];

  /** How many items it holds. */
  get size(): number {
    return this.items.length;
  }

  /** The one that is due first. */
  get first(): T | undefined {
    return this.items[0];
  }

  /** Only an item that is in no heap, with its `dueMs` and `dueSequence` set. */
  insert(item: T): void {
    this.putAtOrAbove(this.size, item, item.dueMs);
  }

  /** Only an item that is in this heap. */
  remove(item: T): void {
    const index = item.heapIndex;
    item.heapIndex = -1;
    const last = this.items.pop()!;
    const { dueMs } = last;
    // It takes the place that came free, or one below; from another branch, it may go above.
    if (last !== item) this.putAtOrAbove(this.placeBelow(index, last, dueMs), last, dueMs);
  }

  /** All items, in no particular order, as a list of its own. */
  toArray(): T[] {
    return [...this.items];
  }

  /** What is due later moves down from above. */
  private putAtOrAbove(from: number, item: T, dueMs: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 2;
      if (this.isBefore(above, item, dueMs)) break;
      this.put(index, this.items[above]!, this.dues[above]!);
      index = above;
    }
    this.put(index, item, dueMs);
  }

  /** What is due earlier moves up from below; answers with the place that is left. */
  private placeBelow(from: number, item: T, dueMs: number): number {
    const { items, dues } = this;
    for (let index = from; ;) {
      const first = index * ARITY + 1;
      const end = Math.min(first + ARITY, items.length);
      let least = index;
      let leastItem = item;
      let leastMs = dueMs;
      for (let child = first; child < end; child++) {
        if (!this.isBefore(child, leastItem, leastMs)) continue;
        least = child;
        leastItem = items[child]!;
        leastMs = dues[child]!;
      }
      if (least === index) return index;
      this.put(index, leastItem, leastMs);
      index = least;
    }
  }

  private put(index: number, item: T, dueMs: number): void {
    this.items[index] = item;
    this.dues[index] = dueMs;
    item.heapIndex = index;
  }

  /** Whether what is there is due before this one. */
  private isBefore(index: number, item: T, dueMs: number): boolean {
    const thereMs = this.dues[index]!;
    if (thereMs !== dueMs) return thereMs < dueMs;
    return this.items[index]!.dueSequence < item.dueSequence;
  }
}
