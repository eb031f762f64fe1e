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
    this.putAtOrAbove(this.size, item);
  }

  /** Only an item that is in this heap. */
  remove(item: T): void {
    const index = item.heapIndex;
    item.heapIndex = -1;
    const last = this.items.pop()!;
    // It takes the place that came free, or one below; from another branch, it may go above.
    if (last !== item) this.putAtOrAbove(this.placeBelow(index, last), last);
  }

  /** All items, in no particular order, as a list of its own. */
  toArray(): T[] {
    return [...this.items];
  }

  /** What is due later moves down from above. */
  private putAtOrAbove(from: number, item: T): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 2;
      const parent = this.items[above]!;
      if (isBefore(parent, item)) break;
      this.put(index, parent);
      index = above;
    }
    this.put(index, item);
  }

  /** What is due earlier moves up from below; answers with the place that is left. */
  private placeBelow(from: number, item: T): number {
    const { items } = this;
    for (let index = from; ;) {
      const first = index * ARITY + 1;
      const end = Math.min(first + ARITY, items.length);
      let least = index;
      let leastItem = item;
      for (let child = first; child < end; child++) {
        const childItem = items[child]!;
        if (!isBefore(childItem, leastItem)) continue;
        least = child;
        leastItem = childItem;
      }
      if (least === index) return index;
      this.put(index, leastItem);
      index = least;
    }
  }

  private put(index: number, item: T): void {
    this.items[index] = item;
    item.heapIndex = index;
  }
}

function isBefore(one: HeapItem, other: HeapItem): boolean {
  return (
    one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.dueSequence < other.dueSequence)
  );
}
