import { doubleZero } from '../../signals/double-zero.ts';

/**
 * Pending events in order of (time, sequence). A four-ary implicit heap on typed arrays; four
 * children share a cache line of times, and the tree is half as deep as a binary one.
 */
export class EventHeap {
  /** The event that `take` took out: its time in nanoseconds, sequence number and payload. */
  timeNs: number = doubleZero;
  sequence = 0;
  payload = 0;

  size = 0;
  private times = new Float64Array(FIRST_CAPACITY);
  private sequences = new Float64Array(FIRST_CAPACITY);
  private payloads = new Int32Array(FIRST_CAPACITY);

  push(timeNs: number, sequence: number, payload: number): void {
    if (this.size === this.times.length) this.grow();
    const times = this.times;
    const sequences = this.sequences;
    const payloads = this.payloads;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime < timeNs) break;
      if (parentTime === timeNs && sequences[parent]! < sequence) break;
      times[hole] = parentTime;
      sequences[hole] = sequences[parent]!;
      payloads[hole] = payloads[parent]!;
      hole = parent;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    payloads[hole] = payload;
  }

  /** Takes the first event out, into the fields. There must be one. */
  take(): void {
    this.timeNs = this.times[0]!;
    this.sequence = this.sequences[0]!;
    this.payload = this.payloads[0]!;
    const last = --this.size;
    if (last > 0) this.sink(this.times[last]!, this.sequences[last]!, this.payloads[last]!);
  }

  private sink(timeNs: number, sequence: number, payload: number): void {
    const times = this.times;
    const sequences = this.sequences;
    const payloads = this.payloads;
    const size = this.size;
    let hole = 0;
    for (;;) {
      let child = hole * 4 + 1;
      if (child >= size) break;
      const end = child + 4 < size ? child + 4 : size;
      let first = child;
      let firstTime = times[child]!;
      for (child++; child < end; child++) {
        const time = times[child]!;
        if (time < firstTime || (time === firstTime && sequences[child]! < sequences[first]!)) {
          first = child;
          firstTime = time;
        }
      }
      if (timeNs < firstTime || (timeNs === firstTime && sequence < sequences[first]!)) break;
      times[hole] = firstTime;
      sequences[hole] = sequences[first]!;
      payloads[hole] = payloads[first]!;
      hole = first;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    payloads[hole] = payload;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    const times = new Float64Array(capacity);
    const sequences = new Float64Array(capacity);
    const payloads = new Int32Array(capacity);
    times.set(this.times);
    sequences.set(this.sequences);
    payloads.set(this.payloads);
    this.times = times;
    this.sequences = sequences;
    this.payloads = payloads;
  }
}

/** Enough for the pending events of a small system without growing; 5 kB. */
const FIRST_CAPACITY = 256;
