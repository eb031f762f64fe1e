import {
  type Call,
  CallEngine,
  type CallHost,
  type CallObserver,
  type EjectionReason,
  type HedgeStop,
  Reason,
  type RetryBudget,
  type RetryStop,
  type BreakerState,
  type Task,
} from '@seaworthy/policy/engine';

import type { Edge } from '../../model/model.ts';
import { followAttempt, followRequest, followSettled, leaveAttempt } from '../follow/steps.ts';
import { EdgeMeter, type PolicyState } from '../measure/edge-meter.ts';
import type { Balancer } from '../work/balancer.ts';
import { LOST, type Network, NOT_FOUND } from '../work/network.ts';
import type { ReplicaRuntime } from '../work/replica.ts';
import { Place } from '../work/requests.ts';
import type { ServiceRuntime } from '../work/service.ts';
import type { World } from '../world.ts';
import { endDirect, isDirect, startDirect } from './direct.ts';
import type { EdgeParts } from './edge-parts.ts';
import { Fallbacks } from './fallbacks.ts';
import { PolicyWatch } from './policy-watch.ts';
import { anonymous, SimulatedCall } from './simulated-call.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const { none } = Reason;

/**
 * One caller -> callee pair. It drives the policy engines of all its callers: an attempt becomes a
 * request to a replica, and what comes back is reported to the engine.
 */
export class EdgeRuntime implements CallHost, CallObserver {
  readonly model: Edge;
  readonly index: number;
  readonly meter: EdgeMeter;
  readonly network: Network;
  readonly sharedBudget: RetryBudget | undefined;
  readonly engines: CallEngine[] = [];
  /** Its policy has nothing to decide: calls that inherit nothing go to a replica and back. */
  readonly direct: boolean;
  /** Where its callers choose the replica, each by its own view. */
  readonly callee: ServiceRuntime | undefined;
  private readonly world: World;
  private readonly balancer: Balancer;
  private readonly newEngine: EdgeParts['newEngine'];
  private readonly fallbacks: Fallbacks;
  readonly watch: PolicyWatch;
  private readonly tellsLevel: boolean;
  private readonly propagates: boolean;

  constructor(world: World, model: Edge, index: number, parts: EdgeParts) {
    this.world = world;
    this.model = model;
    this.index = index;
    this.meter = new EdgeMeter(parts.classes);
    this.network = parts.network;
    this.sharedBudget = parts.sharedBudget;
    this.balancer = parts.balancer;
    this.callee = model.policy.endpoints === undefined ? undefined : world.services[model.to];
    this.callee?.callers.push(this);
    this.newEngine = parts.newEngine;
    this.fallbacks = new Fallbacks(world, model.fallbacks, parts.fallbackTimes);
    this.tellsLevel = parts.tellsLevel;
    this.propagates = model.propagate;
    this.direct = isDirect(model.policy) && !this.propagates && !this.knowsLevels();
    this.watch = new PolicyWatch(world, this, parts.callers);
    for (let caller = 0; caller < parts.callers; caller++) {
      this.engines.push(parts.newEngine(this, caller));
    }
  }

  /** Calls differ by how much they matter, which their record says. */
  private knowsLevels(): boolean {
    return this.tellsLevel || this.meter.classes !== undefined;
  }

  /** Starts a call. `task` is what the caller was sent along with its own request. */
  begin(call: SimulatedCall, caller: number, task: Task | undefined): void {
    call.edge = this.index;
    call.caller = caller;
    call.request = -1;
    call.inherited = task;
    this.meter.callStarted();
    if (this.direct && task === undefined) {
      startDirect(call, this.world.nowMs);
      this.meter.attemptStarted(0, this.world.nowNs);
      if (call.trail !== undefined) followAttempt(this.world, call, 0);
      this.start(call);
      return;
    }
    if (this.meter.classes !== undefined) this.meter.classes.started(call);
    const engine = this.engines[caller]!;
    engine.start(call, task);
    this.watch.queue(caller);
  }

  /**
   * Starts a task that nobody waits for, over a direct edge: it is only counted, and needs no
   * record.
   */
  beginAnonymous(taskKey: number): void {
    anonymous.taskKey = taskKey;
    this.meter.callStarted();
    this.meter.attemptStarted(0, this.world.nowNs);
    this.start(anonymous);
  }

  /** The process of this caller has died, and its policies have forgotten everything. */
  restart(caller: number): void {
    this.engines[caller]!.shutdown();
    this.engines[caller] = this.newEngine(this, caller);
  }

  startAttempt(call: Call): void {
    this.start(call as SimulatedCall);
  }

  createHedge(): Call {
    return new SimulatedCall();
  }

  attemptStarted(handed: Call, queueWaitMs: number): void {
    const call = handed as SimulatedCall;
    this.meter.attemptStarted(queueWaitMs, this.world.nowNs);
    if (call.hedgeOf !== undefined) {
      this.meter.hedgeStarted();
      call.standBeside(call.hedgeOf as SimulatedCall);
    }
    if (call.attempt > 1) this.meter.retries.add(this.world.nowNs);
    if (queueWaitMs > 0) this.watch.queue(call.caller);
    if (call.trail !== undefined) followAttempt(this.world, call, queueWaitMs);
  }

  private start(call: SimulatedCall): void {
    const { world, callee } = this;
    const replica = callee === undefined ? this.balancer.choose() : callee.replicas[call.endpoint];
    if (replica === undefined) {
      this.unreachable(call);
      return;
    }
    const fate = this.network.fate(replica.faults);
    if (fate !== none) {
      if (fate !== LOST) world.sendBack(this.newRequest(call, replica), replica, fate);
      return;
    }
    const connectNs =
      this.network.opens === true ? this.network.connectNs(replica.faults, world.nowNs) : 0;
    if (connectNs === NOT_FOUND) {
      this.unreachable(call);
      return;
    }
    const request = this.newRequest(call, replica);
    if (this.tellsLevel === true) world.requests.level[request] = call.level;
    if (this.propagates === true) world.requests.task[request] = call.handDown();
    replica.outstanding++;
    if (connectNs === 0) {
      this.send(request, replica);
      return;
    }
    world.requests.place[request] = Place.connecting;
    world.schedule(request, world.nowNs + connectNs);
  }

  private unreachable(call: SimulatedCall): void {
    if (call === anonymous) this.deliveredAnonymous(Reason.unreachable, this.world.nowMs);
    else this.delivered(call, call.token, Reason.unreachable);
  }

  /** There is a connection: the request travels to its replica. */
  send(request: number, replica: ReplicaRuntime): void {
    const world = this.world;
    const travelNs = this.network.messageNs(replica.faults, world.nowNs);
    if (travelNs === 0) world.execution.arrive(request, replica);
    else {
      world.requests.place[request] = Place.travelling;
      world.schedule(request, world.nowNs + travelNs);
    }
  }

  private newRequest(call: SimulatedCall, replica: ReplicaRuntime): number {
    const { requests, nowMs } = this.world;
    const request = requests.take();
    if (call === anonymous) requests.calledMs[request] = nowMs;
    else {
      call.request = request;
      requests.token[request] = call.token;
    }
    requests.call[request] = call;
    requests.edge[request] = this.index;
    requests.replica[request] = replica.index;
    if (call.attemptTrail !== undefined) followRequest(this.world, call, request);
    requests.taskKey[request] = call.taskKey;
    return request;
  }

  /** The answer to an anonymous task has reached its source. */
  deliveredAnonymous(reason: Reason, calledMs: number): void {
    const latencyMs = this.world.nowMs - calledMs;
    this.meter.attemptEnded(reason, this.world.nowNs);
    if (reason === none) this.meter.succeeded(latencyMs);
    else this.meter.failed(reason, 1, latencyMs);
  }

  /** The answer to an attempt has reached the caller. */
  delivered(call: SimulatedCall, token: number, reason: Reason): void {
    const { meter } = this;
    meter.attemptEnded(reason, this.world.nowNs);
    call.request = -1;
    if (call.attemptTrail !== undefined) leaveAttempt(this.world, call, reason);
    if (call.hedgeOf !== undefined && reason === none) meter.hedgeWon();
    const { engine } = call;
    if (engine === undefined) {
      endDirect(call, reason);
      this.settled(call);
    } else if (reason === none) engine.succeed(call, token);
    else engine.fail(call, token, reason);
  }

  /** Whoever waits for the call does not want it any more. */
  cancel(call: SimulatedCall): void {
    if (call.engine !== undefined) {
      call.engine.cancel(call);
      return;
    }
    this.cancelAttempt(call, Reason.cancelled);
    endDirect(call, Reason.cancelled);
    this.settled(call);
  }

  cancelAttempt(handed: Call, reason: Reason): boolean {
    const call = handed as SimulatedCall;
    this.meter.attemptEnded(reason, this.world.nowNs);
    if (call.attemptTrail !== undefined) leaveAttempt(this.world, call, reason);
    if (call.request >= 0) this.world.departures.abandon(call.request);
    call.request = -1;
    // The caller has hung up: whatever the callee still does, nothing of it runs here.
    return true;
  }

  startFallback(call: Call, index: number): void {
    this.fallbacks.start(call as SimulatedCall, index);
  }

  fallbackStarted(_call: Call, index: number, reason: Reason): void {
    if (index === 0) this.world.journal.fallbackBegan(this, reason);
  }

  normalPathChanged(isFallback: boolean): void {
    this.world.journal.normalPathChanged(this, isFallback);
  }

  cancelFallback(call: Call): void {
    this.fallbacks.cancel(call as SimulatedCall);
  }

  hedgeStopped(_call: Call, stop: HedgeStop): void {
    this.meter.hedgeStopped(stop);
    if (stop === 'budget') this.world.journal.budgetEmpty(this);
  }

  retryStopped(_call: Call, stop: RetryStop): void {
    this.meter.retryStopped(stop);
    if (stop === 'budget') this.world.journal.budgetEmpty(this);
  }

  endpointEjected(endpoint: number, forMs: number, why: EjectionReason): void {
    this.world.journal.endpointEjected(this, endpoint, forMs, why);
  }

  breakerChanged(from: BreakerState, to: BreakerState): void {
    this.world.journal.breakerChanged(this, from, to);
  }

  settled(handed: Call): void {
    const call = handed as SimulatedCall;
    // The engine may be ahead by the part of a nanosecond that its timer was rounded by.
    const latencyMs = Math.max(0, this.world.nowMs - call.startMs);
    if (call.outcome === 'succeeded') this.meter.succeeded(latencyMs);
    else if (call.outcome === 'fallback')
      this.meter.fellBack(call.reason, call.fallbackIndex, latencyMs);
    else {
      this.meter.failed(call.reason, call.attempt, latencyMs);
      this.world.journal.callFailed(this, call.reason, call.attempt);
    }
    if (this.meter.classes !== undefined) this.meter.classes.settled(call);
    if (call.trail !== undefined) followSettled(this.world, call);
    this.watch.queue(call.caller);
    this.world.callSettled(call);
  }

  /** Summed over all callers that are there, at this moment. */
  policyState(): PolicyState {
    return this.watch.state();
  }
}
