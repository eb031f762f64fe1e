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
import { EventKind, eventFor, indexOf, kindOf } from './time/event-kind.ts';
import { EventQueue } from './time/event-queue.ts';
import { Departures } from './work/departures.ts';
import { Execution } from './work/execution.ts';
import type { ReplicaRuntime } from './work/replica.ts';
import { Place, Requests } from './work/requests.ts';
import type { RowsRuntime } from './work/rows.ts';
import { SharedSteps } from './work/shared-steps.ts';
import type { ServiceRuntime } from './work/service.ts';

/**
 * A model that makes more events than this at one instant goes round in circles: time does not
 * advance any more. On top of it, everyone in the system may do so many things at once: users who
 * think for the same time do.
 */
const EVENTS_PER_INSTANT_MAX = 200_000;
const EVENTS_PER_HEAD_MAX = 20;

/** About two gigabytes of requests and calls; a system with more of them has long failed. */
const REQUESTS_MAX = 5_000_000;

/** The system in virtual time: its state, and the loop that takes one event after the other. */
export class World {
  nowNs = 0;
  /** The same in milliseconds, for the policies. */
  nowMs = 0;
  readonly events = new EventQueue();
  readonly requests = new Requests();
  readonly calls = new CallPool();
  readonly departures: Departures;
  readonly execution: Execution;
  readonly sharedSteps: SharedSteps;
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
  readonly processes: Processes;
  faults!: FaultTimeline;
  pauses!: Pauses;
  /** Of the tasks that are followed. */
  examples!: Examples;
  /** Requests in work whose caller has gone. */
  orphans = 0;
  #ready: ReplicaRuntime[] = [];

  constructor() {
    this.departures = new Departures(this);
    this.sharedSteps = new SharedSteps(this);
    this.execution = new Execution(this);
    this.processes = new Processes(this);
    this.journal = new Journal(() => this.nowNs);
  }

  /** Runs until `untilNs`, that time excluded. False: nothing is left to happen. */
  runUntil(untilNs: number): boolean {
    const { events } = this;
    let instant = 0;
    while (events.size > 0 && events.firstNs < untilNs) {
      events.next();
      if (events.timeNs === this.nowNs) {
        if (++instant > EVENTS_PER_INSTANT_MAX) this.#checkProgress(instant);
      } else {
        instant = 0;
        this.nowNs = events.timeNs;
        this.nowMs = events.timeNs / NS_PER_MS;
      }
      this.#fire(events.payload, events.sequence);
      if (this.#ready.length > 0) this.#drain();
    }
    if (this.requests.inUse + this.messages.inUse > REQUESTS_MAX)
      throw new CrowdedError(this.nowMs);
    this.nowNs = untilNs;
    this.nowMs = untilNs / NS_PER_MS;
    return events.size > 0;
  }

  /** Sets the pending event of a request. */
  schedule(request: number, atNs: number): void {
    this.requests.pending[request] = this.events.push(atNs, eventFor(EventKind.request, request));
  }

  /** The replica can start queued requests once the current event is done. */
  makeReady(replica: ReplicaRuntime): void {
    if (replica.ready) return;
    replica.ready = true;
    this.#ready.push(replica);
  }

  /**
   * Sends the answer to a request back to its caller, and forgets the request when there is none.
   */
  sendBack(request: number, reason: Reason): void {
    const { requests } = this;
    if (requests.trail[request] !== undefined) followDone(this, request);
    if (requests.call[request] === undefined) {
      this.orphans--;
      requests.release(request);
      return;
    }
    requests.reason[request] = reason;
    requests.place[request] = Place.returning;
    const edge = this.edges[requests.edge[request]!]!;
    const replica = this.replicas[requests.replica[request]!]!;
    const travelNs = edge.network.messageNs(replica.faults, this.nowNs);
    if (travelNs === 0) this.deliver(request);
    else this.schedule(request, this.nowNs + travelNs);
  }

  /** The answer to a request, or a local fallback value, has reached the caller. */
  deliver(request: number): void {
    const { requests } = this;
    const call = requests.call[request]!;
    if (call !== anonymous) {
      const pausedUntilNs = this.#pausedUntil(call);
      if (pausedUntilNs > 0) {
        this.schedule(request, pausedUntilNs);
        return;
      }
    }
    const token = requests.token[request]!;
    const reason = requests.reason[request]! as Reason;
    const isFallback = requests.place[request] === Place.answering;
    requests.release(request);
    if (isFallback) {
      call.request = -1;
      call.engine!.succeed(call, token);
      return;
    }
    const edge = this.edges[requests.edge[request]!]!;
    edge.delivered(call, token, reason, requests.calledMs[request]!);
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

  #pausedUntil(call: SimulatedCall): number {
    const { from } = this.edges[call.edge]!.model;
    if (from.kind !== 'service') return 0;
    return this.services[from.index]!.replicas[call.caller]!.pausedUntilNs;
  }

  #fire(payload: number, sequence: number): void {
    const index = indexOf(payload);
    switch (kindOf(payload)) {
      case EventKind.request:
        if (this.requests.pending[index] === sequence) this.execution.fire(index);
        return;
      case EventKind.arrival:
        this.sources[index]!.arrive();
        return;
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

  #checkProgress(instant: number): void {
    const heads = this.users.length + this.requests.inUse;
    if (instant > EVENTS_PER_INSTANT_MAX + heads * EVENTS_PER_HEAD_MAX) {
      throw new StandstillError(this.nowMs);
    }
  }

  #drain(): void {
    const ready = this.#ready;
    for (let replica = ready.pop(); replica !== undefined; replica = ready.pop()) {
      replica.ready = false;
      this.execution.drain(replica);
    }
  }
}

/** Why a model cannot be simulated further. The message says what to change. */
export class SimulationError extends Error {}

/** More work is in the system than fits into memory. */
class CrowdedError extends SimulationError {
  constructor(atMs: number) {
    super(
      `more than ${REQUESTS_MAX} requests or messages are in the system at ${atMs} ms, and nothing bounds them: ` +
        'give the queues a limit or the calls a timeout, or shorten the run with `run: { for: ... }`',
    );
    this.name = 'CrowdedError';
  }
}

/** The model makes work without end in no time. */
class StandstillError extends SimulationError {
  constructor(atMs: number) {
    super(
      `virtual time stands still at ${atMs} ms: more than ${EVENTS_PER_INSTANT_MAX} things happen at this instant; ` +
        'look for users without think time, or retries without backoff, around a service that takes no time',
    );
    this.name = 'StandstillError';
  }
}
