/**
 * The future: pending events in order of (time, sequence). A four-ary implicit heap on typed
 * arrays; four children share a cache line of times, and the tree is half as deep as a binary one.
 *
 * Events are never removed: whoever scheduled one keeps its sequence number and ignores the event
 * when the number is not the expected one any more. That is cheaper than removal as long as most
 * events do fire, and it holds here because timeouts, which rarely fire, live in the policy
 * engines, which arm one event for all their calls.
 */
export class EventQueue {
  /** The event that `next` took out: its time in nanoseconds, sequence number and payload. */
  timeNs = 0;
  sequence = 0;
  payload = 0;

  size = 0;
  #lastSequence = 0;
  #times = new Float64Array(FIRST_CAPACITY);
  #sequences = new Float64Array(FIRST_CAPACITY);
  #payloads = new Int32Array(FIRST_CAPACITY);

  /** Adds an event and returns its sequence number, which is never 0. */
  push(timeNs: number, payload: number): number {
    if (this.size === this.#times.length) this.#grow();
    const times = this.#times;
    const sequences = this.#sequences;
    const payloads = this.#payloads;
    const sequence = ++this.#lastSequence;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      // The newcomer has the highest sequence number, so an equal time keeps its place.
      if (parentTime <= timeNs) break;
      times[hole] = parentTime;
      sequences[hole] = sequences[parent]!;
      payloads[hole] = payloads[parent]!;
      hole = parent;
    }
    times[hole] = timeNs;
    sequences[hole] = sequence;
    payloads[hole] = payload;
    return sequence;
  }

  /** Takes the first event out, into the fields, if it is due before then. False: there is none. */
  next(untilNs = Infinity): boolean {
    const timeNs = this.#times[0]!;
    if (this.size === 0 || timeNs >= untilNs) return false;
    this.timeNs = timeNs;
    this.sequence = this.#sequences[0]!;
    this.payload = this.#payloads[0]!;
    const last = --this.size;
    if (last > 0) {
      this.#sink(this.#times[last]!, this.#sequences[last]!, this.#payloads[last]!);
    }
    return true;
  }

  #sink(timeNs: number, sequence: number, payload: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const payloads = this.#payloads;
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

  #grow(): void {
    const capacity = this.#times.length * 2;
    const times = new Float64Array(capacity);
    const sequences = new Float64Array(capacity);
    const payloads = new Int32Array(capacity);
    times.set(this.#times);
    sequences.set(this.#sequences);
    payloads.set(this.#payloads);
    this.#times = times;
    this.#sequences = sequences;
    this.#payloads = payloads;
  }
}

/** Enough for the pending events of a small system without growing; 5 kB. */
const FIRST_CAPACITY = 256;
