/** What can stand in a {@link Line}: it carries its own links, so that leaving needs no search. */
export interface Linked<T extends Linked<T>> {
  /** Where it stands; undefined: nowhere. Belongs to the line, as the two below. */
  line: Line<T> | undefined;
  previous: T | undefined;
  next: T | undefined;
}

/**
 * What waits, in the order in which it came. Any may leave, and nothing is allocated for one. A
 * thing stands in one line at a time: a call runs, waits for a slot or waits for a flight.
 */
export class Line<T extends Linked<T>> {
  /** How many stand in it. */
  size: number = 0;
  /** The one that came first. */
  first: T | undefined = undefined;
  /** The one that came last. */
  last: T | undefined = undefined;

  /** Only what stands in no line. */
  add(item: T): void {
    const { last } = this;
    item.line = this;
    item.previous = last;
    if (last === undefined) this.first = item;
    else last.next = item;
    this.last = item;
    this.size++;
  }

  /** False: it does not stand in this line. */
  remove(item: T): boolean {
    if (item.line !== this) return false;
    const { previous, next } = item;
    if (previous === undefined) this.first = next;
    else previous.next = next;
    if (next === undefined) this.last = previous;
    else next.previous = previous;
    item.line = undefined;
    item.previous = undefined;
    item.next = undefined;
    this.size--;
    return true;
  }
}
