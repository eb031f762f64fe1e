import { Call, type Task, unknownLevel } from '@seaworthy/policy/engine';

import type { AttemptTrail, CallTrail } from '../follow/trail.ts';

/**
 * Who waits for a call: a task of a traffic source, a request in a `call` step, a call that needs
 * its fallback, a flight that fills a cache, a message of a queue, or, once it is being cancelled,
 * nobody. For a hedge its call waits.
 */
export const Waiter = {
  task: 0,
  request: 1,
  fallback: 2,
  nobody: 3,
  hedged: 4,
  flight: 5,
  message: 6,
} as const;

/** Of tasks that are about nothing that could be cached. */
export const NO_KEY = -1;

/** A call of the policy core, with what the simulator needs to know of it. Pooled. */
export class SimulatedCall extends Call {
  waiter: number = Waiter.task;
  /** The user, the request or the message that waits for it. */
  waiterIndex = -1;
  /** The call that waits for this one as its fallback, or its hedge. */
  waiterCall: SimulatedCall | undefined = undefined;
  /** The token of that call when the fallback began; which delivery of the message it is. */
  waiterToken = 0;
  /** Which edge, an index into the model. */
  edge = -1;
  /** Which replica or client of the caller. */
  caller = 0;
  /** What its task is about. */
  taskKey: number = NO_KEY;
  /** What the caller was sent along with its own request. */
  inherited: Task | undefined = undefined;
  /** The request of the attempt that runs, or of the local fallback value; −1 for none. */
  request = -1;
  /** The call over another edge that runs as its fallback. */
  fallbackCall: SimulatedCall | undefined = undefined;
  /** What is written down of it, where its task is followed; and of the attempt that runs. */
  trail: CallTrail | undefined = undefined;
  attemptTrail: AttemptTrail | undefined = undefined;
  /** It is about a message whose processing always fails. */
  isPoison = false;

  /** A request waits for it, in a `call` step. */
  isFor(request: number, taskKey: number): void {
    this.waiter = Waiter.request;
    this.waiterIndex = request;
    this.taskKey = taskKey;
  }

  /** This is the record of a hedge of `call`, which is where that is. */
  standBeside(call: SimulatedCall): void {
    this.waiter = Waiter.hedged;
    this.waiterCall = call;
    this.edge = call.edge;
    this.caller = call.caller;
    this.taskKey = call.taskKey;
    this.inherited = call.inherited;
    this.isPoison = call.isPoison;
    this.trail = call.trail;
    this.request = -1;
  }
}

/**
 * Stands for every task that is only counted: an open source does not wait for the answer, and the
 * edge has nothing to decide.
 */
export const anonymous: SimulatedCall = new SimulatedCall();

/** Settled calls, for reuse. */
export class CallPool {
  readonly #free: SimulatedCall[] = [];

  take(): SimulatedCall {
    return this.#free.pop() ?? new SimulatedCall();
  }

  release(call: SimulatedCall): void {
    call.waiterCall = undefined;
    call.fallbackCall = undefined;
    call.request = -1;
    call.isPoison = false;
    // Few are followed: to look is cheaper than to write.
    if (call.trail !== undefined) call.trail = undefined;
    if (call.attemptTrail !== undefined) call.attemptTrail = undefined;
    call.inherited = undefined;
    call.task = undefined;
    call.level = unknownLevel;
    this.#free.push(call);
  }
}
