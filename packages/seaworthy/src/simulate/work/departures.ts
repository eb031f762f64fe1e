import { Reason } from '@seaworthy/policy/engine';

import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { followDone } from '../follow/steps.ts';
import type { World } from '../world.ts';
import type { ReplicaRuntime } from './replica.ts';
import { Place } from './requests.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const nsPerMs = NS_PER_MS;
const { none } = Reason;

const NONE = -1;

/**
 * How requests leave their replica: answered, refused, cancelled, abandoned or killed. A slot that
 * becomes free does not start the next request at once but puts the replica on the world's ready
 * list, so that a long queue of requests that all end at once cannot overflow the stack.
 */
export class Departures {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The caller of a request has gone. */
  abandon(request: number): void {
    const { requests, replicas } = this.world;
    requests.call[request] = undefined;
    const place = requests.place[request]!;
    const replica = replicas[requests.replica[request]!]!;
    if (place === Place.returning || place === Place.answering) requests.release(request);
    else if (place === Place.connecting) {
      replica.outstanding--;
      requests.release(request);
    } else if (replica.service.cancelsAbandoned) this.cancel(request, replica);
    else this.world.orphans++;
  }

  /**
   * The process dies with all it holds: callers that are still there see their connection reset.
   */
  kill(replica: ReplicaRuntime): void {
    const { requests } = this.world;
    for (let request = 0; request < requests.place.length; request++) {
      const place = requests.place[request]!;
      const here = requests.replica[request] === replica.index && requests.parent[request] === NONE;
      if (place === Place.free || !here) continue;
      if (place === Place.travelling || place >= Place.returning) continue;
      this.stop(request, replica);
      this.world.sendBack(request, replica, Reason.reset);
    }
  }

  respond(request: number, replica: ReplicaRuntime, outcome: Reason): void {
    const { requests, nowNs } = this.world;
    const isPoison = outcome === none && requests.call[request]?.isPoison === true;
    const reason = isPoison ? Reason.error : outcome;
    const { meter } = replica.service;
    if (this.world.rows.length > 0) this.world.sharedSteps.releaseAll(request);
    const serviceMs = (nowNs - requests.startedNs[request]!) / nsPerMs;
    meter.answered(reason, serviceMs, replica.number);
    if (meter.versions.length > 0) meter.versions[replica.version]!.answered(reason, serviceMs);
    if (this.world.orphans > 0 && this.world.isForNobody(request)) meter.wasted(serviceMs);
    this.freeSlot(replica);
    replica.outstanding--;
    this.world.sendBack(request, replica, reason);
  }

  /** Refused without a slot. */
  refuse(request: number, replica: ReplicaRuntime, reason: Reason): void {
    replica.service.meter.refused(reason, replica.number);
    replica.outstanding--;
    this.world.sendBack(request, replica, reason);
  }

  /** The queue is full. */
  turnAway(request: number, replica: ReplicaRuntime): void {
    replica.door?.turnedAway();
    this.world.journal.queueFull(replica.service);
    this.refuse(request, replica, Reason.overloaded);
  }

  /** Others wait too long, and matter more. */
  shed(request: number, replica: ReplicaRuntime): void {
    this.world.journal.shedding(replica.service);
    this.refuse(request, replica, Reason.shed);
  }

  /** It has waited in the queue for the maximum. */
  expire(request: number, replica: ReplicaRuntime): void {
    this.leaveQueue(request, replica);
    this.refuse(request, replica, Reason.overloaded);
  }

  private cancel(request: number, replica: ReplicaRuntime): void {
    const world = this.world;
    world.orphans++;
    this.stop(request, replica);
    if (world.requests.trail[request] !== undefined) followDone(world, request);
    world.orphans--;
    world.requests.release(request);
  }

  /** Ends all that a request does and holds at its replica, but not the request itself. */
  private stop(request: number, replica: ReplicaRuntime): void {
    const { requests, nowNs } = this.world;
    this.stopActivity(request, replica);
    replica.outstanding--;
    if (requests.startedNs[request]! < 0) return;
    const { meter } = replica.service;
    const serviceMs = (nowNs - requests.startedNs[request]!) / nsPerMs;
    meter.cancelled(serviceMs);
    if (this.world.isForNobody(request)) meter.wasted(serviceMs);
    this.freeSlot(replica);
  }

  stopActivity(request: number, replica: ReplicaRuntime): void {
    const { requests, nowNs } = this.world;
    requests.pending[request] = 0;
    if (this.world.rows.length > 0) this.world.sharedSteps.releaseAll(request);
    switch (requests.place[request]!) {
      case Place.locking:
        this.world.sharedSteps.leave(request);
        return;
      case Place.queued:
        this.leaveQueue(request, replica);
        return;
      case Place.computing:
        replica.cores.remove(request, nowNs);
        replica.countComputing(nowNs);
        return;
      case Place.calling: {
        const call = requests.child[request];
        requests.child[request] = undefined;
        if (call !== undefined) this.world.cancelCall(call);
        return;
      }
      case Place.joining:
        // First of all: what is cancelled below may let another branch end, which must not count.
        requests.place[request] = Place.done;
        for (let b = requests.firstBranch[request]!; b !== NONE; b = requests.nextBranch[b]!) {
          this.stopActivity(b, replica);
        }
        this.releaseBranches(request);
    }
  }

  releaseBranches(parent: number): void {
    const { requests } = this.world;
    let branch = requests.firstBranch[parent]!;
    requests.firstBranch[parent] = NONE;
    while (branch !== NONE) {
      const next = requests.nextBranch[branch]!;
      requests.release(branch);
      branch = next;
    }
  }

  private leaveQueue(request: number, replica: ReplicaRuntime): void {
    const { requests, nowNs } = this.world;
    replica.line.leave(request, requests.tickets);
    replica.door?.gaveUp((nowNs - requests.arrivedNs[request]!) / nsPerMs);
    replica.service.meter.queue.change(-1, nowNs);
  }

  private freeSlot(replica: ReplicaRuntime): void {
    replica.inFlight--;
    replica.service.meter.inFlight.change(-1, this.world.nowNs);
    if (replica.line.length > 0) this.world.makeReady(replica);
  }
}
