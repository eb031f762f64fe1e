import { Tickets } from '../work/tickets.ts';
import { WaitingLine } from '../work/waiting-line.ts';
import type { Messages } from './messages.ts';

const NONE = -1;

/** The messages of a queue that can be delivered, and which of them is next. */
export interface Backlog {
  /** A message was published, or comes back. */
  push(message: number, comesBack: boolean): void;
  /** A message is done although it waits. */
  leave(message: number): void;
  /** The next message; -1 when none can be delivered. */
  take(): number;
  /** A message that was taken is done, dead, or about to come back. */
  free(message: number): void;
}

/** Any order: first published, first delivered; those that come back first of all, or last. */
export class OneLine implements Backlog {
  readonly #messages: Messages;
  readonly #line = new WaitingLine();
  readonly #front: WaitingLine;

  constructor(messages: Messages, requeue: 'back' | 'front') {
    this.#messages = messages;
    this.#front = requeue === 'front' ? new WaitingLine() : this.#line;
  }

  push(message: number, comesBack: boolean): void {
    (comesBack ? this.#front : this.#line).push(message, this.#messages.tickets);
  }

  leave(message: number): void {
    // Only what came back can be done meanwhile.
    this.#front.leave(message, this.#messages.tickets);
  }

  take(): number {
    const { tickets } = this.#messages;
    if (this.#front.length > 0) return this.#front.take(false, tickets);
    return this.#line.length > 0 ? this.#line.take(false, tickets) : NONE;
  }

  free(): void {
    // The others never waited for it.
  }
}

/**
 * Each partition in order, one message after the other, and the partitions by turns. A message that
 * comes back is the next of its partition; as long as it stays away, those behind it wait.
 */
export class Partitions implements Backlog {
  readonly #messages: Messages;
  readonly #lines: WaitingLine[];
  /** The message that came back; -1 for none. */
  readonly #returned: Int32Array;
  /** A message has been taken. */
  readonly #blocked: Uint8Array;
  /** Partitions that have something to deliver. */
  readonly #ready = new WaitingLine();
  readonly #turns: Tickets;

  constructor(messages: Messages, count: number) {
    this.#messages = messages;
    this.#lines = Array.from({ length: count }, () => new WaitingLine());
    this.#returned = new Int32Array(count).fill(NONE);
    this.#blocked = new Uint8Array(count);
    this.#turns = new Tickets(count);
  }

  push(message: number, comesBack: boolean): void {
    const partition = this.#messages.partition[message]!;
    if (comesBack) this.#returned[partition] = message;
    else this.#lines[partition]!.push(message, this.#messages.tickets);
    if (comesBack) this.#blocked[partition] = 0;
    this.#offer(partition);
  }

  leave(message: number): void {
    const partition = this.#messages.partition[message]!;
    if (this.#returned[partition] === message) this.#returned[partition] = NONE;
  }

  take(): number {
    while (this.#ready.length > 0) {
      const partition = this.#ready.take(false, this.#turns);
      const returned = this.#returned[partition]!;
      const line = this.#lines[partition]!;
      if (returned === NONE && line.length === 0) continue;
      this.#blocked[partition] = 1;
      this.#returned[partition] = NONE;
      return returned === NONE ? line.take(false, this.#messages.tickets) : returned;
    }
    return NONE;
  }

  free(message: number): void {
    const partition = this.#messages.partition[message]!;
    this.#blocked[partition] = 0;
    this.#offer(partition);
  }

  #offer(partition: number): void {
    const isEmpty = this.#returned[partition] === NONE && this.#lines[partition]!.length === 0;
    if (isEmpty || this.#blocked[partition] === 1 || this.#turns.of[partition] !== 0) return;
    this.#ready.push(partition, this.#turns);
  }
}
