import { Reason } from '@seaworthy/policy/engine';

import { NS_PER_MS } from '../../model/chance/sampler.ts';
import type { SimulatedCall } from '../policy/simulated-call.ts';
import type { World } from '../world.ts';
import type { Departures } from './departures.ts';
import { duration } from './duration.ts';
import { Operation } from './program.ts';
import type { ReplicaRuntime } from './replica.ts';
import { Place } from './requests.ts';
import { WAITS } from './shared-steps.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const nsPerMs = NS_PER_MS;
const { none } = Reason;
const { answering, connecting, locking, queued, returning, travelling, waiting } = Place;
const { end, wait } = Operation;

const NONE = -1;

/** What has become of the call that a request has just started. */
const Started = { pending: 0, succeeded: 1, failed: 2 } as const;

/** Takes requests into their replica and through the steps of their service. */
export class Execution {
  private readonly world: World;
  private readonly departures: Departures;
  /**
   * The request whose `call` step is being started, so that an answer that comes at once is not
   * taken for a later one.
   */
  private starting = NONE;
  private started: number = Started.pending;

  constructor(world: World) {
    this.world = world;
    this.departures = world.departures;
  }

  /** The pending event of a request has fired. */
  fire(request: number): void {
    const { requests, replicas } = this.world;
    const place = requests.place[request]!;
    if (place === returning || place === answering) {
      this.world.deliver(request);
      return;
    }
    const replica = replicas[requests.replica[request]!]!;
    if (place === connecting) {
      requests.pending[request] = 0;
      requests.place[request] = travelling;
      this.world.edges[requests.edge[request]!]!.send(request, replica);
      return;
    }
    if (replica.pausedUntilNs > 0 && place !== queued) {
      this.world.schedule(request, replica.pausedUntilNs);
      return;
    }
    requests.pending[request] = 0;
    if (place === waiting) this.run(request, replica);
    else if (place === travelling) this.arrive(request, replica);
    else if (place === queued) this.departures.expire(request, replica);
    else if (place === locking) this.lockExpired(request, replica);
  }

  /** A request reaches its replica. */
  arrive(request: number, replica: ReplicaRuntime): void {
    const { requests, nowNs } = this.world;
    const { service } = replica;
    service.meter.arrived(replica.number);
    requests.arrivedNs[request] = nowNs;
    if (replica.up !== true) {
      this.departures.refuse(request, replica, Reason.reset);
    } else if (replica.door !== undefined && replica.sheds(requests.level[request]!, nowNs)) {
      this.departures.shed(request, replica);
    } else if (replica.line.length === 0 && replica.canStart()) {
      replica.codel?.drops(0, this.world.nowMs);
      replica.door?.began(0);
      this.begin(request, replica);
    } else if (replica.line.length < service.queueLimit) {
      requests.place[request] = queued;
      replica.line.push(request, requests.tickets);
      service.meter.queue.change(1, nowNs);
      if (service.maxWaitNs > 0) this.world.schedule(request, nowNs + service.maxWaitNs);
    } else {
      this.departures.turnAway(request, replica);
    }
  }

  /** Starts queued requests while there are slots. */
  drain(replica: ReplicaRuntime): void {
    const { requests, nowNs } = this.world;
    const { line, service } = replica;
    while (line.length > 0 && replica.canStart()) {
      const request = line.take(service.newestFirst, requests.tickets);
      requests.pending[request] = 0;
      service.meter.queue.change(-1, nowNs);
      const waitMs = (nowNs - requests.arrivedNs[request]!) / nsPerMs;
      if (replica.codel?.drops(waitMs, this.world.nowMs) === true) {
        replica.door?.gaveUp(waitMs);
        this.departures.refuse(request, replica, Reason.overloaded);
      } else if ((requests.task[request]?.deadlineMs ?? Infinity) <= this.world.nowMs) {
        replica.door?.gaveUp(waitMs);
        this.departures.refuse(request, replica, Reason.deadline);
      } else {
        replica.door?.began(waitMs);
        this.begin(request, replica);
      }
    }
  }

  /** Work on the cores of a replica is done. */
  computed(replica: ReplicaRuntime, sequence: number): void {
    const { nowNs } = this.world;
    const request = replica.cores.finished(sequence, nowNs);
    if (request === NONE) return;
    replica.countComputing(nowNs);
    this.run(request, replica);
  }

  /** The call that a request waits for has settled. */
  callSettled(request: number, succeeded: boolean): void {
    this.world.requests.child[request] = undefined;
    if (this.starting === request) {
      this.started = succeeded ? Started.succeeded : Started.failed;
      return;
    }
    const { requests, replicas } = this.world;
    const replica = replicas[requests.replica[request]!]!;
    const callWasOptional = replica.service.program.optional[requests.step[request]! - 1]!;
    if (succeeded || callWasOptional) this.run(request, replica);
    else this.fail(request, replica);
  }

  private begin(request: number, replica: ReplicaRuntime): void {
    const { requests, nowNs } = this.world;
    const { meter } = replica.service;
    replica.inFlight++;
    meter.inFlight.change(1, nowNs);
    meter.started((nowNs - requests.arrivedNs[request]!) / nsPerMs);
    requests.startedNs[request] = nowNs;
    requests.step[request] = 0;
    if (replica.heap !== undefined) this.world.processes.allocate(replica);
    if (replica.failShare > 0 && replica.service.chance.next() < replica.failShare) {
      this.departures.respond(request, replica, Reason.error);
      return;
    }
    if (replica.faults.calm !== true) {
      const { failShare, slowAddsNs } = replica.faults;
      if (failShare > 0 && replica.service.chance.next() < failShare) {
        this.departures.respond(request, replica, Reason.error);
        return;
      }
      if (slowAddsNs > 0) {
        requests.place[request] = Place.waiting;
        this.world.schedule(request, nowNs + slowAddsNs);
        return;
      }
    }
    this.run(request, replica);
  }

  /** Takes a request through its steps, up to the first that does not end at once. */
  private run(first: number, replica: ReplicaRuntime): void {
    const { requests } = this.world;
    const { program } = replica.service;
    let request = first;
    while (request !== NONE) {
      const at = requests.step[request]!;
      requests.step[request] = at + 1;
      const operation = program.operations[at]!;
      if (operation === wait) {
        const waitNs = Math.round(duration(program.times[at]!, replica, this.world.nowNs));
        requests.place[request] = waiting;
        this.world.schedule(request, this.world.nowNs + waitNs);
        return;
      }
      if (operation === end) {
        this.departures.respond(request, replica, none);
        return;
      }
      request = this.step(request, replica, at);
    }
  }

  /** Returns the request that goes on at once: this one, or after a branch its parent, or none. */
  private step(request: number, replica: ReplicaRuntime, at: number): number {
    const { requests, nowNs } = this.world;
    const { program } = replica.service;
    switch (program.operations[at]!) {
      case Operation.cpu: {
        requests.place[request] = Place.computing;
        replica.cores.add(request, duration(program.times[at]!, replica, nowNs), nowNs);
        replica.countComputing(nowNs);
        return NONE;
      }
      case Operation.call: {
        const chance = program.chance[at];
        if (chance !== undefined && chance.next() >= program.probabilities[at]!) return request;
        const started = this.startCall(request, program.targets[at]!, replica);
        if (started === Started.pending) return NONE;
        if (started === Started.succeeded || program.optional[at]!) return request;
        this.fail(request, replica);
        return NONE;
      }
      case Operation.fail: {
        const chance = program.chance[at];
        if (chance !== undefined && chance.next() >= program.probabilities[at]!) return request;
        this.fail(request, replica);
        return NONE;
      }
      case Operation.together: {
        this.fork(request, program.branches[at]!, program.targets[at]!);
        return NONE;
      }
      case Operation.branchEnd:
        return this.join(request);
      default: {
        const outcome = this.world.sharedSteps.run(request, program, at);
        if (outcome === WAITS) return NONE;
        if (outcome === none) return request;
        this.fail(request, replica, outcome);
        return NONE;
      }
    }
  }

  private startCall(request: number, edge: number, replica: ReplicaRuntime): number {
    const { requests, calls, edges } = this.world;
    const outerStarting = this.starting;
    const outerStarted = this.started;
    this.starting = request;
    this.started = Started.pending;
    requests.place[request] = Place.calling;
    const call: SimulatedCall = calls.take();
    requests.child[request] = call;
    const root = requests.root(request);
    call.isFor(request, requests.taskKey[root]!);
    call.trail = requests.trail[root]?.call(edge, this.world.nowMs);
    edges[edge]!.begin(call, replica.number, requests.task[root]);
    const started = this.started;
    this.starting = outerStarting;
    this.started = outerStarted;
    return started;
  }

  /**
   * Branches start by an event of their own, at the same time, so that one that ends at once cannot
   * undo the fork.
   */
  private fork(request: number, branches: readonly number[], goOnAt: number): void {
    const { requests, nowNs } = this.world;
    requests.step[request] = goOnAt;
    requests.place[request] = Place.joining;
    requests.branchesLeft[request] = branches.length;
    for (let index = branches.length - 1; index >= 0; index--) {
      const branch = requests.take();
      requests.parent[branch] = request;
      requests.replica[branch] = requests.replica[request]!;
      requests.edge[branch] = requests.edge[request]!;
      requests.step[branch] = branches[index]!;
      requests.place[branch] = Place.waiting;
      requests.nextBranch[branch] = requests.firstBranch[request]!;
      requests.firstBranch[request] = branch;
    }
    for (let b = requests.firstBranch[request]!; b !== NONE; b = requests.nextBranch[b]!) {
      this.world.schedule(b, nowNs);
    }
  }

  /** A branch is done. Returns its parent when it was the last. */
  private join(branch: number): number {
    const { requests } = this.world;
    const parent = requests.parent[branch]!;
    requests.place[branch] = Place.done;
    if (requests.place[parent] !== Place.joining) return NONE;
    if (--requests.branchesLeft[parent]! > 0) return NONE;
    this.departures.releaseBranches(parent);
    return parent;
  }

  private lockExpired(request: number, replica: ReplicaRuntime): void {
    this.world.sharedSteps.leave(request);
    this.fail(request, replica, Reason.overloaded);
  }

  /** The request fails at this step; what it does in other branches is cancelled. */
  private fail(request: number, replica: ReplicaRuntime, reason: Reason = Reason.error): void {
    const { requests } = this.world;
    const root = requests.root(request);
    requests.place[request] = Place.done;
    if (root !== request) {
      // It fails already, for another branch.
      if (requests.place[root] !== Place.joining) return;
      this.departures.stopActivity(root, replica);
    }
    this.departures.respond(root, replica, reason);
  }
}
