import type { Reason } from '@seaworthy/policy/engine';

import { NS_PER_MS } from '../model/chance/sampler.ts';
import type { Examples } from './follow/examples.ts';
import { followDone } from './follow/steps.ts';
import type { Fleet } from './fleet/fleet.ts';
import { Processes } from './fleet/processes.ts';
import type { FaultTimeline } from './load/fault-timeline.ts';
import { NOBODY, type SourceRuntime, type User } from './load/source.ts';
import type { Pauses } from './load/pauses.ts';
import { Journal } from './measure/journal.ts';
import type { MessageQueueRuntime } from './messages/message-queue.ts';
import { Messages } from './messages/messages.ts';
import type { EdgeRuntime } from './policy/edge.ts';
import type { PolicyClock } from './policy/policy-clock.ts';
import { anonymous, CallPool, type SimulatedCall, Waiter } from './policy/simulated-call.ts';
import { CrowdedError, StandstillError } from './simulation-error.ts';
import { EventKind, eventFor, indexOf, kindOf } from './time/event-kind.ts';
import { EventQueue } from './time/event-queue.ts';
import { Departures } from './work/departures.ts';
import { Execution } from './work/execution.ts';
import type { ReplicaRuntime } from './work/replica.ts';
import { Place, Requests } from './work/requests.ts';
import type { RowsRuntime } from './work/rows.ts';
import { SharedSteps } from './work/shared-steps.ts';
import type { ServiceRuntime } from './work/service.ts';
import { doubleZero } from '../signals/double-zero.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const nsPerMs = NS_PER_MS;
const { answering, returning } = Place;
const { request: ofRequest, arrival: ofArrival } = EventKind;

/**
 * A model that makes more events than this at one instant goes round in circles: time does not
 * advance any more. On top of it, everyone in the system may do so many things at once: users who
 * think for the same time do.
 */
const EVENTS_PER_INSTANT_MAX = 200_000;
const EVENTS_PER_HEAD_MAX = 20;

/** About two gigabytes of requests and calls; a system with more of them has long failed. */
const REQUESTS_MAX = 5_000_000;

/**
 * Parts of the world that know it. Its fields are all there before the first of them is made: V8
 * knows the layout of what a field refers to, and need not check it at each look, only where that
 * layout was the final one when the field was set.
 */
const later = undefined as never;

/** The system in virtual time: its state, and the loop that takes one event after the other. */
export class World {
  nowNs: number = doubleZero;
  /** The same in milliseconds, for the policies. */
  nowMs: number = doubleZero;
  readonly events = new EventQueue();
  readonly requests = new Requests();
  readonly calls = new CallPool();
  readonly departures: Departures = later;
  readonly execution: Execution = later;
  readonly sharedSteps: SharedSteps = later;
  readonly journal: Journal;
  readonly services: ServiceRuntime[] = [];
  /** Of all services. */
  readonly replicas: ReplicaRuntime[] = [];
  readonly queues: MessageQueueRuntime[] = [];
  readonly messages = new Messages();
  readonly rows: RowsRuntime[] = [];
  readonly edges: EdgeRuntime[] = [];
  readonly sources: SourceRuntime[] = [];
  readonly users: User[] = [];
  readonly clocks: PolicyClock[] = [];
  /** Of services whose replicas come and go, by the index of the service. */
  readonly fleets: (Fleet | undefined)[] = [];
  readonly processes: Processes = later;
  faults: FaultTimeline = later;
  pauses: Pauses = later;
  /** Of the tasks that are followed. */
  examples: Examples = later;
  /** Requests in work whose caller has gone. */
  orphans = 0;
  /** The first of the replicas that can start queued requests; its `nextReady` is the next. */
  private ready: ReplicaRuntime | undefined = undefined;

  constructor() {
    this.journal = new Journal(() => this.nowNs);
    this.departures = new Departures(this);
    this.sharedSteps = new SharedSteps(this);
    this.execution = new Execution(this);
    this.processes = new Processes(this);
  }

  /** Runs until `untilNs`, that time excluded. False: nothing is left to happen. */
  runUntil(untilNs: number): boolean {
    const { events } = this;
    let instant = 0;
    while (events.next(untilNs)) {
      if (events.timeNs === this.nowNs) {
        if (++instant > EVENTS_PER_INSTANT_MAX) this.checkProgress(instant);
      } else {
        instant = 0;
        this.nowNs = events.timeNs;
        this.nowMs = events.timeNs / nsPerMs;
      }
      this.fire(events.payload, events.sequence);
      if (this.ready !== undefined) this.drain();
    }
    if (this.requests.inUse + this.messages.inUse > REQUESTS_MAX)
      throw new CrowdedError(this.nowMs, REQUESTS_MAX);
    this.nowNs = untilNs;
    this.nowMs = untilNs / nsPerMs;
    return events.size > 0;
  }

  /** Sets the pending event of a request. */
  schedule(request: number, atNs: number): void {
    this.requests.pending[request] = this.events.push(atNs, eventFor(ofRequest, request));
  }

  /** The replica can start queued requests once the current event is done. */
  makeReady(replica: ReplicaRuntime): void {
    if (replica.ready === true) return;
    replica.ready = true;
    replica.nextReady = this.ready;
    this.ready = replica;
  }

  /**
   * Sends the answer to a request back to its caller, and forgets the request when there is none.
   */
  sendBack(request: number, replica: ReplicaRuntime, reason: Reason): void {
    const { requests } = this;
    if (requests.trail[request] !== undefined) followDone(this, request);
    const call = requests.call[request];
    if (call === undefined) {
      this.orphans--;
      requests.release(request);
      return;
    }
    const edge = this.edges[requests.edge[request]!]!;
    const travelNs = edge.network.messageNs(replica.faults, this.nowNs);
    if (travelNs === 0 && call === anonymous) {
      requests.release(request);
      edge.deliveredAnonymous(reason, requests.calledMs[request]!);
      return;
    }
    requests.reason[request] = reason;
    requests.place[request] = returning;
    if (travelNs === 0) this.deliver(request);
    else this.schedule(request, this.nowNs + travelNs);
  }

  /** The answer to a request, or a local fallback value, has reached the caller. */
  deliver(request: number): void {
    const { requests } = this;
    const call = requests.call[request]!;
    const reason = requests.reason[request]! as Reason;
    if (call === anonymous) {
      requests.release(request);
      this.edges[requests.edge[request]!]!.deliveredAnonymous(reason, requests.calledMs[request]!);
      return;
    }
    const pausedUntilNs = this.pausedUntil(call);
    if (pausedUntilNs > 0) {
      this.schedule(request, pausedUntilNs);
      return;
    }
    const token = requests.token[request]!;
    const isFallback = requests.place[request] === answering;
    requests.release(request);
    if (isFallback) {
      call.request = -1;
      call.engine!.succeed(call, token);
      return;
    }
    this.edges[requests.edge[request]!]!.delivered(call, token, reason);
  }

  /** A call is over: its waiter goes on. */
  callSettled(call: SimulatedCall): void {
    const { waiter, waiterIndex, waiterCall, waiterToken } = call;
    const succeeded = call.outcome !== 'failed';
    const { reason } = call;
    this.calls.release(call);
    if (waiter === Waiter.request) this.execution.callSettled(waiterIndex, succeeded);
    else if (waiter === Waiter.task && waiterIndex !== NOBODY) {
      const user = this.users[waiterIndex]!;
      user.source.settled(user);
    } else if (waiter === Waiter.fallback) {
      waiterCall!.fallbackCall = undefined;
      if (succeeded) waiterCall!.engine!.succeed(waiterCall!, waiterToken);
      else waiterCall!.engine!.fail(waiterCall!, waiterToken, reason);
    } else if (waiter === Waiter.message) {
      const queue = this.messages.queue[waiterIndex]!;
      this.queues[queue]!.settled(waiterIndex, waiterToken, succeeded);
    }
  }

  /** Whoever waits for the call does not want it any more. A user still learns that it is over. */
  cancelCall(call: SimulatedCall): void {
    if (call.waiter !== Waiter.task) call.waiter = Waiter.nobody;
    this.edges[call.edge]!.cancel(call);
  }

  /** Whether nobody waits for a request, directly or through the request that it is a part of. */
  isForNobody(request: number): boolean {
    if (this.orphans === 0) return false;
    const { requests } = this;
    let call = requests.call[requests.root(request)];
    while (call !== undefined) {
      const { waiter } = call;
      const isWanted = waiter === Waiter.task || waiter === Waiter.flight;
      if (isWanted || waiter === Waiter.message) return false;
      if (call.waiter === Waiter.nobody) return true;
      if (call.waiter === Waiter.fallback || call.waiter === Waiter.hedged) call = call.waiterCall;
      else call = requests.call[requests.root(call.waiterIndex)];
    }
    return true;
  }

  private pausedUntil(call: SimulatedCall): number {
    const { from } = this.edges[call.edge]!.model;
    if (from.kind !== 'service') return 0;
    return this.services[from.index]!.replicas[call.caller]!.pausedUntilNs;
  }

  private fire(payload: number, sequence: number): void {
    const index = indexOf(payload);
    const kind = kindOf(payload);
    if (kind === ofRequest) {
      if (this.requests.pending[index] === sequence) this.execution.fire(index);
    } else if (kind === ofArrival) this.sources[index]!.arrive();
    else this.fireRare(kind, index, sequence);
  }

  private fireRare(kind: number, index: number, sequence: number): void {
    switch (kind) {
      case EventKind.cores:
        this.execution.computed(this.replicas[index]!, sequence);
        return;
      case EventKind.policy:
        this.clocks[index]!.fire(sequence);
        return;
      case EventKind.fault:
        this.faults.fire(index);
        return;
      case EventKind.message: {
        const { pending, queue } = this.messages;
        if (pending[index] === sequence) this.queues[queue[index]!]!.fire(index);
        return;
      }
      case EventKind.pause:
        this.pauses.begin(index);
        return;
      case EventKind.replica:
        this.processes.due(this.replicas[index]!, sequence);
        return;
      case EventKind.autoscale:
        this.fleets[index]!.autoscaler!.look();
        return;
      case EventKind.memory:
        this.processes.runOutOfMemory(this.replicas[index]!);
        return;
      case EventKind.resume:
        this.pauses.end(this.replicas[index]!);
        return;
      default: {
        const user = this.users[index]!;
        user.source.userDue(user, sequence);
      }
    }
  }

  private checkProgress(instant: number): void {
    const heads = this.users.length + this.requests.inUse;
    if (instant > EVENTS_PER_INSTANT_MAX + heads * EVENTS_PER_HEAD_MAX) {
      throw new StandstillError(this.nowMs, EVENTS_PER_INSTANT_MAX);
    }
  }

  private drain(): void {
    for (let replica = this.ready; replica !== undefined; replica = this.ready) {
      this.ready = replica.nextReady;
      replica.ready = false;
      replica.nextReady = undefined;
      this.execution.drain(replica);
    }
  }
}
