import type { EventQueue } from '../time/event-queue.ts';
import type { Tickets } from './tickets.ts';
import { doubleZero } from '../../signals/double-zero.ts';

/**
 * What a replica computes with. `finished` is called by the replica's owner for each request that
 * is done; the classes only keep the time. All times are virtual nanoseconds.
 */
export interface Cores {
  /** Requests that want or have a core. */
  readonly busy: number;
  add(request: number, demandNs: number, nowNs: number): void;
  /** The request does not want its core any more. */
  remove(request: number, nowNs: number): void;
  /**
   * The pending event has fired: takes out one request that is done; −1 when there is none (any
   * more).
   */
  finished(sequence: number, nowNs: number): number;
  /** From now on this many cores, which may be a fraction. */
  resize(cores: number, nowNs: number): void;
  /** Stands still until `resume`, or goes on. */
  pause(nowNs: number): void;
  resume(nowNs: number): void;
}

/**
 * Egalitarian processor sharing: n requests on c cores progress at min(1, c / n) each. All progress
 * at the same pace, so one number, the service that each has attained, orders them: a request that
 * came when it was V and wants d is done when it reaches V + d (L. Kleinrock, Queueing Systems II,
 * 1976, §4.4).
 */
export class SharedCores implements Cores {
  busy = 0;
  private cores: number;
  private paused = false;
  private attained: number = doubleZero;
  private lastNs: number = doubleZero;
  private pending = 0;
  private readonly events: EventQueue;
  private readonly payload: number;
  /** A binary heap by finish; entries that were removed are passed over when they come up. */
  private readonly finishes: number[] = [];
  private readonly requests: number[] = [];
  private readonly tickets: number[] = [];
  private readonly computing: Tickets;

  constructor(cores: number, events: EventQueue, computing: Tickets, payload: number) {
    this.cores = cores;
    this.events = events;
    this.computing = computing;
    this.payload = payload;
  }

  add(request: number, demandNs: number, nowNs: number): void {
    this.advance(nowNs);
    const finish = this.attained + demandNs;
    const ticket = this.computing.next();
    this.computing.of[request] = ticket;
    this.push(finish, request, ticket);
    this.busy++;
    this.schedule(nowNs);
  }

  remove(request: number, nowNs: number): void {
    this.advance(nowNs);
    this.computing.of[request] = 0;
    this.busy--;
    this.schedule(nowNs);
  }

  finished(sequence: number, nowNs: number): number {
    if (sequence !== this.pending) return -1;
    this.advance(nowNs);
    const request = this.requests[0]!;
    // The event was scheduled for this request, so its rounding to a whole nanosecond is no reason
    // to wait again.
    this.attained = Math.max(this.attained, this.finishes[0]!);
    this.pop();
    this.computing.of[request] = 0;
    this.busy--;
    this.schedule(nowNs);
    return request;
  }

  resize(cores: number, nowNs: number): void {
    this.advance(nowNs);
    this.cores = cores;
    this.schedule(nowNs);
  }

  pause(nowNs: number): void {
    this.advance(nowNs);
    this.paused = true;
    this.pending = 0;
  }

  resume(nowNs: number): void {
    this.lastNs = nowNs;
    this.paused = false;
    this.schedule(nowNs);
  }

  private pace(): number {
    return this.busy <= this.cores ? 1 : this.cores / this.busy;
  }

  private advance(nowNs: number): void {
    if (this.busy === 0) this.attained = 0;
    else if (!this.paused) this.attained += (nowNs - this.lastNs) * this.pace();
    this.lastNs = nowNs;
  }

  private schedule(nowNs: number): void {
    while (this.requests.length > 0) {
      if (this.computing.of[this.requests[0]!] === this.tickets[0]!) break;
      this.pop();
    }
    if (this.requests.length === 0 || this.paused) {
      this.pending = 0;
      return;
    }
    const leftNs = (this.finishes[0]! - this.attained) / this.pace();
    this.pending = this.events.push(nowNs + Math.max(0, Math.round(leftNs)), this.payload);
  }

  private push(finish: number, request: number, ticket: number): void {
    let hole = this.finishes.length;
    this.put(hole, finish, request, ticket);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.finishes[parent]! <= finish) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.put(hole, finish, request, ticket);
  }

  private pop(): void {
    const finishes = this.finishes;
    const finish = finishes.pop()!;
    const request = this.requests.pop()!;
    const ticket = this.tickets.pop()!;
    const size = finishes.length;
    if (size === 0) return;
    let hole = 0;
    for (;;) {
      let child = hole * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && finishes[child + 1]! < finishes[child]!) child++;
      if (finish <= finishes[child]!) break;
      this.move(child, hole);
      hole = child;
    }
    this.put(hole, finish, request, ticket);
  }

  private put(at: number, finish: number, request: number, ticket: number): void {
    this.finishes[at] = finish;
    this.requests[at] = request;
    this.tickets[at] = ticket;
  }

  private move(from: number, to: number): void {
    this.put(to, this.finishes[from]!, this.requests[from]!, this.tickets[from]!);
  }
}

/** Each request holds a core until it is done; the others wait in order. */
export class QueuedCores implements Cores {
  busy = 0;
  private cores: number;
  private paused = false;
  private pausedNs: number = doubleZero;
  private readonly events: EventQueue;
  private readonly payload: number;
  private readonly running: number[] = [];
  private readonly finishNs: number[] = [];
  private readonly sequences: number[] = [];
  /** Requests and demands that wait for a core; a request that left is −1. */
  private readonly waiting: number[] = [];
  private readonly demands: number[] = [];
  private head = 0;

  constructor(cores: number, events: EventQueue, payload: number) {
    this.cores = cores;
    this.events = events;
    this.payload = payload;
  }

  add(request: number, demandNs: number, nowNs: number): void {
    this.busy++;
    this.waiting.push(request);
    this.demands.push(demandNs);
    this.fill(nowNs);
  }

  remove(request: number, nowNs: number): void {
    this.busy--;
    const running = this.running.indexOf(request);
    if (running >= 0) this.stop(running);
    else this.waiting[this.waiting.indexOf(request, this.head)] = -1;
    this.fill(nowNs);
  }

  finished(sequence: number, nowNs: number): number {
    const running = this.sequences.indexOf(sequence);
    if (running < 0) return -1;
    const request = this.running[running]!;
    this.stop(running);
    this.busy--;
    this.fill(nowNs);
    return request;
  }

  resize(cores: number, nowNs: number): void {
    // A part of a core cannot be held, so there is always one.
    this.cores = Math.max(1, Math.floor(cores));
    this.fill(nowNs);
  }

  pause(nowNs: number): void {
    this.paused = true;
    this.pausedNs = nowNs;
    this.sequences.fill(0);
  }

  resume(nowNs: number): void {
    this.paused = false;
    for (let index = 0; index < this.running.length; index++) {
      this.finishNs[index]! += nowNs - this.pausedNs;
      this.sequences[index] = this.events.push(this.finishNs[index]!, this.payload);
    }
    this.fill(nowNs);
  }

  private stop(index: number): void {
    this.running.splice(index, 1);
    this.finishNs.splice(index, 1);
    this.sequences.splice(index, 1);
  }

  private fill(nowNs: number): void {
    if (this.paused) return;
    while (this.running.length < this.cores && this.head < this.waiting.length) {
      const request = this.waiting[this.head]!;
      const finishNs = nowNs + Math.round(this.demands[this.head]!);
      this.head++;
      if (request < 0) continue;
      this.running.push(request);
      this.finishNs.push(finishNs);
      this.sequences.push(this.events.push(finishNs, this.payload));
    }
    this.forget();
  }

  /** Drops the served front of the queue once it is most of it, which costs one move a request. */
  private forget(): void {
    if (this.head < FORGET_AT || this.head * 2 < this.waiting.length) return;
    this.waiting.splice(0, this.head);
    this.demands.splice(0, this.head);
    this.head = 0;
  }
}

/** Short queues are not worth moving. */
const FORGET_AT = 64;
