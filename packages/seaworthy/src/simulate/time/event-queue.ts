import { EventHeap } from './event-heap.ts';
import { doubleZero } from '../../signals/double-zero.ts';

/** More are faster in a heap than in a line. */
const SOON = 16;

/** How many change places between line and heap at once. */
const MOVED = SOON / 2;

/**
 * The future: pending events in order of (time, sequence). Those that are due first stand in a
 * line, the others in a heap: to put an event into its place in a short line, and to take the first
 * one out, has the processor guess wrong less often than the way through a heap.
 *
 * Events are never removed: whoever scheduled one keeps its sequence number and ignores the event
 * when the number is not the expected one any more. That is cheaper than removal as long as most
 * events do fire, and it holds here because timeouts, which rarely fire, live in the policy
 * engines, which arm one event for all their calls.
 */
export class EventQueue {
  /** The event that `next` took out: its time in nanoseconds, sequence number and payload. */
  timeNs: number = doubleZero;
  sequence = 0;
  payload = 0;

  private lastSequence = 0;
  /** The line: the event that is due first is the last of it. */
  private soon = 0;
  private readonly times = new Float64Array(SOON);
  private readonly sequences = new Float64Array(SOON);
  private readonly payloads = new Int32Array(SOON);
  /** What is not due before all that is in the line. */
  private readonly later = new EventHeap();

  get size(): number {
    return this.soon + this.later.size;
  }

  /** Adds an event and returns its sequence number, which is never 0. */
  push(timeNs: number, payload: number): number {
    const sequence = ++this.lastSequence;
    if (this.soon === SOON) this.moveBack();
    if (this.later.size > 0 && this.isLater(timeNs)) {
      this.later.push(timeNs, sequence, payload);
      return sequence;
    }
    const times = this.times;
    const sequences = this.sequences;
    const payloads = this.payloads;
    let place = this.soon++;
    // The newcomer has the highest sequence number: at an equal time it comes after the others.
    while (place > 0 && times[place - 1]! <= timeNs) {
      times[place] = times[place - 1]!;
      sequences[place] = sequences[place - 1]!;
      payloads[place] = payloads[place - 1]!;
      place--;
    }
    times[place] = timeNs;
    sequences[place] = sequence;
    payloads[place] = payload;
    return sequence;
  }

  /** Takes the first event out, into the fields, if it is due before then. False: there is none. */
  next(untilNs = Infinity): boolean {
    if (this.soon === 0 && !this.moveForward()) return false;
    const first = this.soon - 1;
    const timeNs = this.times[first]!;
    if (timeNs >= untilNs) return false;
    this.timeNs = timeNs;
    this.sequence = this.sequences[first]!;
    this.payload = this.payloads[first]!;
    this.soon = first;
    return true;
  }

  /** Whether an event belongs into the heap, where there are others. */
  private isLater(timeNs: number): boolean {
    return this.soon === 0 || timeNs >= this.times[0]!;
  }

  /** The line is full: those that are due last leave it. */
  private moveBack(): void {
    for (let place = 0; place < MOVED; place++) {
      this.later.push(this.times[place]!, this.sequences[place]!, this.payloads[place]!);
    }
    this.times.copyWithin(0, MOVED);
    this.sequences.copyWithin(0, MOVED);
    this.payloads.copyWithin(0, MOVED);
    this.soon -= MOVED;
  }

  /** The line is empty: those that are due first come into it. False: there is none. */
  private moveForward(): boolean {
    const later = this.later;
    if (later.size === 0) return false;
    const moved = Math.min(MOVED, later.size);
    this.soon = moved;
    for (let place = moved - 1; place >= 0; place--) {
      later.take();
      this.times[place] = later.timeNs;
      this.sequences[place] = later.sequence;
      this.payloads[place] = later.payload;
    }
    return true;
  }
}
