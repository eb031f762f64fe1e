import type { Task } from '@seaworthy/policy/engine';

import type { AttemptTrail } from '../follow/trail.ts';
import type { SimulatedCall } from '../policy/simulated-call.ts';
import { Tickets } from './tickets.ts';

/** Where a request, or a branch of one, is. What its pending event means follows from it. */
export const Place = {
  free: 0,
  /** On the network, towards the replica. */
  travelling: 1,
  /** In the queue of the replica. */
  queued: 2,
  /** In a `wait` step. */
  waiting: 3,
  /** Wants or has a core. */
  computing: 4,
  /** In a `call` step. */
  calling: 5,
  /** In a `together` step, until its branches are done. */
  joining: 6,
  /** In a `lock` step, until it has the lock. */
  locking: 7,
  /** The answer is on the network, towards the caller. */
  returning: 8,
  /** No request at all: a local fallback value that becomes ready. */
  answering: 9,
  /** A branch that waits for the others. */
  done: 10,
  /** Still at the caller, until there is a connection. */
  connecting: 11,
} as const;

const NONE = -1;
// V8 compiles in what a module names for itself; what is imported it looks up each time.
const { free } = Place;

/**
 * All requests in the system, pooled in parallel arrays: a request is an index into them. Branches
 * of a `together` step are entries of their own, below the request that forked them. Nothing is
 * allocated once the arrays have grown to the most requests that were ever in the system at once.
 */
export class Requests {
  place: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /**
   * The sequence number of the pending event; 0 for none. Any other event that fires for it is
   * void.
   */
  pending: Float64Array = new Float64Array(FIRST_CAPACITY);
  edge: Int32Array = new Int32Array(FIRST_CAPACITY);
  replica: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The next step in the program of the service. */
  step: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The request that forked this branch; −1 for a request. */
  parent: Int32Array = new Int32Array(FIRST_CAPACITY).fill(NONE);
  /** Branches, as a linked list from the parent; −1 ends it. */
  firstBranch: Int32Array = new Int32Array(FIRST_CAPACITY).fill(NONE);
  nextBranch: Int32Array = new Int32Array(FIRST_CAPACITY);
  branchesLeft: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The token of the attempt when it started. */
  token: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Of an anonymous task: when it arrived, in milliseconds. Others keep it in their call. */
  calledMs: Float64Array = new Float64Array(FIRST_CAPACITY);
  arrivedNs: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** When it got its worker slot; −1 before. */
  startedNs: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** How much it matters; only told to services that shed by it. */
  level: Int16Array = new Int16Array(FIRST_CAPACITY);
  /** What its task is about. */
  taskKey: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The answer that is on its way. */
  reason: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** Places on shared cores. */
  readonly computing: Tickets = new Tickets(FIRST_CAPACITY);
  /** Places in the queues of the replicas, and in those before locks. */
  readonly tickets: Tickets = new Tickets(FIRST_CAPACITY);
  /** The call that it serves; undefined when the caller has gone. */
  readonly call: (SimulatedCall | undefined)[] = [];
  /** The call that it waits for, in a `call` step. */
  readonly child: (SimulatedCall | undefined)[] = [];

  /** What is written down of it, where its task is followed. */
  readonly trail: (AttemptTrail | undefined)[] = [];
  /** What the task carries, where the caller sends it along. */
  readonly task: (Task | undefined)[] = [];

  /** Entries in use. */
  inUse = 0;
  /** The first of the entries to use again; `nextBranch` leads to the others. */
  private free = NONE;
  private fresh = 0;

  take(): number {
    this.inUse++;
    let request = this.free;
    if (request === NONE) {
      request = this.fresh++;
      if (request === this.place.length) this.grow();
      this.call.push(undefined);
      this.child.push(undefined);
      this.task.push(undefined);
      this.trail.push(undefined);
    } else {
      this.free = this.nextBranch[request]!;
    }
    this.startedNs[request] = -1;
    return request;
  }

  /** What most requests do not have is looked for, which is cheaper than to write. */
  release(request: number): void {
    this.inUse--;
    this.place[request] = free;
    this.pending[request] = 0;
    this.call[request] = undefined;
    if (this.parent[request] !== NONE) this.parent[request] = NONE;
    if (this.child[request] !== undefined) this.child[request] = undefined;
    if (this.task[request] !== undefined) this.task[request] = undefined;
    if (this.trail[request] !== undefined) this.trail[request] = undefined;
    this.nextBranch[request] = this.free;
    this.free = request;
  }

  /** The request that a branch, however deep, belongs to. */
  root(request: number): number {
    let root = request;
    while (this.parent[root]! !== NONE) root = this.parent[root]!;
    return root;
  }

  private grow(): void {
    const capacity = this.place.length * 2;
    this.place = grown(this.place, new Uint8Array(capacity));
    this.pending = grown(this.pending, new Float64Array(capacity));
    this.edge = grown(this.edge, new Int32Array(capacity));
    this.replica = grown(this.replica, new Int32Array(capacity));
    this.step = grown(this.step, new Int32Array(capacity));
    this.parent = grown(this.parent, new Int32Array(capacity).fill(NONE));
    this.firstBranch = grown(this.firstBranch, new Int32Array(capacity).fill(NONE));
    this.nextBranch = grown(this.nextBranch, new Int32Array(capacity));
    this.branchesLeft = grown(this.branchesLeft, new Int32Array(capacity));
    this.taskKey = grown(this.taskKey, new Int32Array(capacity));
    this.token = grown(this.token, new Float64Array(capacity));
    this.calledMs = grown(this.calledMs, new Float64Array(capacity));
    this.arrivedNs = grown(this.arrivedNs, new Float64Array(capacity));
    this.startedNs = grown(this.startedNs, new Float64Array(capacity));
    this.level = grown(this.level, new Int16Array(capacity));
    this.reason = grown(this.reason, new Uint8Array(capacity));
    this.computing.of = grown(this.computing.of, new Float64Array(capacity));
    this.tickets.of = grown(this.tickets.of, new Float64Array(capacity));
  }
}

function grown<A extends Uint8Array | Int16Array | Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Enough for a small system without growing. */
const FIRST_CAPACITY = 256;
