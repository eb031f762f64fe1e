import type { Tickets } from './tickets.ts';

/**
 * The queue of a replica: requests in a ring that grows, taken from the front (FIFO, CoDel) or from
 * the back (LIFO). A request that leaves from the middle is not searched for: its ticket no longer
 * fits, and the place is passed over when it comes up.
 */
export class WaitingLine {
  /** How many wait. */
  length = 0;
  private requests = new Int32Array(FIRST_CAPACITY);
  private tickets = new Float64Array(FIRST_CAPACITY);
  private head = 0;
  /** Places in use, passed-over ones included. */
  private used = 0;

  /**
   * Puts a request at the end. `tickets` is where requests keep theirs, 0 while they do not wait.
   */
  push(request: number, tickets: Tickets): void {
    if (this.used === this.requests.length) this.makeRoom(tickets);
    const place = (this.head + this.used) & (this.requests.length - 1);
    const ticket = tickets.next();
    this.requests[place] = request;
    this.tickets[place] = ticket;
    this.used++;
    this.length++;
    tickets.of[request] = ticket;
  }

  /** Takes a request out of the middle. */
  leave(request: number, tickets: Tickets): void {
    tickets.of[request] = 0;
    this.length--;
  }

  /** The one that has waited longest, which stays. -1: nobody waits. */
  first(tickets: Tickets): number {
    const mask = this.requests.length - 1;
    while (this.length > 0) {
      const request = this.requests[this.head]!;
      if (tickets.of[request] === this.tickets[this.head]) return request;
      this.head = (this.head + 1) & mask;
      this.used--;
    }
    return -1;
  }

  /** Takes the next request out. The line must not be empty. */
  take(fromBack: boolean, tickets: Tickets): number {
    const mask = this.requests.length - 1;
    for (;;) {
      this.used--;
      let place = this.head;
      if (fromBack === true) place = (this.head + this.used) & mask;
      else this.head = (this.head + 1) & mask;
      const request = this.requests[place]!;
      if (tickets.of[request] !== this.tickets[place]) continue;
      tickets.of[request] = 0;
      this.length--;
      return request;
    }
  }

  /** Closes the gaps that requests left behind, and doubles the ring when that is not enough. */
  private makeRoom(tickets: Tickets): void {
    const mask = this.requests.length - 1;
    const capacity = this.length * 2 > mask ? this.requests.length * 2 : this.requests.length;
    const requests = new Int32Array(capacity);
    const kept = new Float64Array(capacity);
    let used = 0;
    for (let index = 0; index < this.used; index++) {
      const place = (this.head + index) & mask;
      const request = this.requests[place]!;
      if (tickets.of[request] !== this.tickets[place]) continue;
      requests[used] = request;
      kept[used++] = this.tickets[place]!;
    }
    this.requests = requests;
    this.tickets = kept;
    this.head = 0;
    this.used = used;
  }
}

/** A power of two, as the ring needs. */
const FIRST_CAPACITY = 16;
