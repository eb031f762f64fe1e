import { Tickets } from '../work/tickets.ts';

const NONE = -1;

/** What becomes of a message next. */
export const MessageState = {
  free: 0,
  /** It can be delivered. */
  waiting: 1,
  /** It can be delivered in a while, after a delivery that failed. */
  delayed: 2,
  /** Its last delivery has neither ended nor been taken for lost. */
  inWork: 3,
  /** Its last delivery has failed, and the consumer gives it back. */
  givenBack: 5,
  /** Done or a dead letter; a delivery that was taken for lost still runs. */
  gone: 4,
} as const;

/** All messages in the system, pooled in parallel arrays: a message is an index into them. */
export class Messages {
  state: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  queue: Int32Array = new Int32Array(FIRST_CAPACITY);
  partition: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** What the task is about that published it. */
  taskKey: Int32Array = new Int32Array(FIRST_CAPACITY);
  publishedNs: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** The sequence number of the pending event; 0 for none. */
  pending: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** How often it has been delivered. */
  deliveries: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Deliveries that have not ended, those that were taken for lost included. */
  running: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Its processing always fails. */
  poison: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** It has been processed once already. */
  done: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** What the back-off needs to know of the delays before. */
  previousDelayMs: Float64Array = new Float64Array(FIRST_CAPACITY);
  delayedMs: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Places in the lines of messages that can be delivered. */
  readonly tickets: Tickets = new Tickets(FIRST_CAPACITY);
  /** Places in the order of publication, of all that is neither done nor a dead letter. */
  readonly ages: Tickets = new Tickets(FIRST_CAPACITY);

  /** Entries in use. */
  inUse = 0;
  readonly #free: number[] = [];
  #fresh = 0;

  take(queue: number, nowNs: number): number {
    this.inUse++;
    const message = this.#free.pop() ?? this.#fresh++;
    if (message === this.state.length) this.#grow();
    this.queue[message] = queue;
    this.partition[message] = NONE;
    this.publishedNs[message] = nowNs;
    this.pending[message] = 0;
    this.deliveries[message] = 0;
    this.running[message] = 0;
    this.poison[message] = 0;
    this.done[message] = 0;
    this.previousDelayMs[message] = 0;
    this.delayedMs[message] = 0;
    return message;
  }

  release(message: number): void {
    this.inUse--;
    this.state[message] = MessageState.free;
    this.#free.push(message);
  }

  #grow(): void {
    const capacity = this.state.length * 2;
    this.state = grown(this.state, new Uint8Array(capacity));
    this.queue = grown(this.queue, new Int32Array(capacity));
    this.taskKey = grown(this.taskKey, new Int32Array(capacity));
    this.partition = grown(this.partition, new Int32Array(capacity));
    this.publishedNs = grown(this.publishedNs, new Float64Array(capacity));
    this.pending = grown(this.pending, new Float64Array(capacity));
    this.deliveries = grown(this.deliveries, new Float64Array(capacity));
    this.running = grown(this.running, new Int32Array(capacity));
    this.poison = grown(this.poison, new Uint8Array(capacity));
    this.done = grown(this.done, new Uint8Array(capacity));
    this.previousDelayMs = grown(this.previousDelayMs, new Float64Array(capacity));
    this.delayedMs = grown(this.delayedMs, new Float64Array(capacity));
    this.tickets.of = grown(this.tickets.of, new Float64Array(capacity));
    this.ages.of = grown(this.ages.of, new Float64Array(capacity));
  }
}

function grown<A extends Uint8Array | Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

const FIRST_CAPACITY = 64;
