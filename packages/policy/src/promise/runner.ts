import type { Call, Task } from '../call/call.ts';
import { CallEngine } from '../call/engine.ts';
import type { EngineParts } from '../call/engine-parts.ts';
import type { CallHost } from '../call/host.ts';
import { Reason } from '../call/reason.ts';
import type { PolicySettings } from '../call/settings.ts';
import type { Stages } from '../call/stages.ts';
import type { Random } from '../random/random.ts';
import type { Clock } from '../time/clock.ts';
import { AttemptContext } from './attempt-context.ts';
import { Engines } from './engines.ts';
import { abortReasonOf, errorOf, isDecided } from './call-errors.ts';
import { watchCaller } from './caller-signals.ts';
import type { EndpointNames } from './endpoint-names.ts';
import type { Fallbacks } from './fallbacks.ts';
import { reasonOf, reasonOfError } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { invokePlainly } from './invoke.ts';
import type { Injector, Invoke, invokeWith } from './invoke.ts';
import type { PolicyObserver } from './observer.ts';
import { callOf, PromiseCall } from './promise-call.ts';
import type { Work } from './promise-call.ts';
import { RunningAttempt } from './running-attempt.ts';
import type { AttemptListener } from './running-attempt.ts';
import { currentTask } from './task.ts';

/** Records that are kept for later calls; a burst beyond leaves the rest to the collector. */
const POOL_MAX = 1000;

export interface RunnerParts {
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly stages: Stages;
  /** Undefined: an error is taken by its code, and no value is a failure. */
  readonly judge: Judge | undefined;
  readonly fallbacks?: Fallbacks;
  readonly endpoints?: EndpointNames;
  readonly observer?: PolicyObserver | undefined;
  readonly chaos?: Injector;
  /** Where there is an observer, or chaos. */
  readonly invokeWith?: typeof invokeWith;
}

/** What a single call says of itself. All of it is optional. */
export interface CallOptions {
  /** Gives up when it aborts: the call rejects in the same turn, with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** What it asks for: where the policy has a cache, calls with the same key share answers. */
  readonly key?: string | number;
  /** What the task that this call is a part of may still use. */
  readonly task?: Task;
}

let resolveOfNew: (value: unknown) => void;
let rejectOfNew: (error: unknown) => void;

/** One for all promises: a closure a call would be one more allocation. */
function takeFunctions(resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
  resolveOfNew = resolve;
  rejectOfNew = reject;
}

/**
 * Drives one call engine by promises. The engine decides; here attempts become calls of a function,
 * and the ends of their promises become reports.
 */
export class Runner implements CallHost, AttemptListener {
  readonly engines: Engines;
  readonly parts: RunnerParts;
  private readonly observer: PolicyObserver | undefined;
  /** Undefined: nothing is put around the function of an attempt. */
  private readonly invoke: Invoke | undefined;
  private readonly freeCalls: PromiseCall[] = [];
  private readonly freeAttempts: RunningAttempt[] = [];

  constructor(settings: PolicySettings, parts: RunnerParts) {
    this.parts = parts;
    const { chaos, observer } = parts;
    this.observer = observer;
    this.invoke = parts.invokeWith?.(chaos, observer);
    this.engines = new Engines(new CallEngine(settings, this.engineParts));
  }

  /** What its engines work with. */
  get engineParts(): EngineParts {
    const { clock, random, stages, observer } = this.parts;
    return { clock, random, analysis: Math, host: this, stages, observer };
  }

  run<T>(work: Work<T>, options: CallOptions | undefined): Promise<T> {
    const call = this.freeCalls.pop() ?? new PromiseCall();
    const promise = new Promise<unknown>(takeFunctions);
    call.resolve = resolveOfNew;
    call.reject = rejectOfNew;
    call.work = work;
    if (options === undefined) this.start(call, currentTask());
    else this.startWith(call, options);
    return promise as Promise<T>;
  }

  /** Where attempts may go from here on. One that stays keeps what is known of it. */
  setEndpoints(endpoints: readonly string[]): void {
    this.engines.current.setEndpoints(this.parts.endpoints!.set(endpoints));
  }

  startAttempt(handed: Call): void {
    const record = handed as PromiseCall;
    const call = callOf(record);
    const running = this.freeAttempts.pop() ?? new RunningAttempt(this);
    const context = new AttemptContext(
      call,
      record.attempt,
      record.endpoint < 0 ? undefined : this.parts.endpoints!.nameOf(record.endpoint),
      this.parts.clock,
    );
    running.record = record;
    running.token = record.token;
    running.context = context;
    running.engine = call.engine;
    record.running = running;
    let result: unknown;
    try {
      result =
        this.invoke === undefined ? invokePlainly(call, context) : this.invoke(record, context);
      if (isThenable(result)) {
        // A promise of our own realm keeps its word; anything else is held to it by wrapping.
        const promise = result instanceof Promise ? result : Promise.resolve(result);
        void promise.then(running.onValue, running.onError);
        return;
      }
    } catch (error) {
      this.attemptFailed(running, error);
      return;
    }
    this.attemptSucceeded(running, result);
  }

  attemptSucceeded(running: RunningAttempt, value: unknown): void {
    const { record, token, engine } = running;
    this.release(running);
    if (record === undefined) return engine!.abandonedEnded();
    const call = callOf(record);
    let judgement: Judgement | undefined;
    try {
      judgement = this.parts.judge?.({ value });
    } catch (error) {
      return this.fail(call, record, token, error);
    }
    if (judgement === undefined) {
      record.value = value;
      call.engine!.succeed(record, token);
    } else {
      call.attemptFailed(value, true);
      call.engine!.fail(record, token, reasonOf(judgement), judgement.retryAfterMs);
    }
  }

  attemptFailed(running: RunningAttempt, error: unknown): void {
    const { record, token, engine } = running;
    this.release(running);
    if (record === undefined) return engine!.abandonedEnded();
    let judgement: Judgement | undefined;
    let failure = error;
    try {
      judgement = this.parts.judge?.({ error });
    } catch (broken) {
      failure = broken;
    }
    this.fail(callOf(record), record, token, failure, judgement);
  }

  cancelAttempt(handed: Call, reason: Reason): boolean {
    const record = handed as PromiseCall;
    const { running } = record;
    // It may have settled in the very turn in which it is cancelled.
    if (running === undefined) return true;
    const call = callOf(record);
    const error = abortReasonOf(this.parts.name, call, reason);
    record.running = undefined;
    running.record = undefined;
    // The attempt has failed with this, if no other of the call does better.
    if (reason === Reason.timeout || reason === Reason.lag) {
      call.attemptFailed(error, false);
    }
    running.context!.abort(error);
    return false;
  }

  createHedge(): Call {
    return new PromiseCall();
  }

  startFallback(handed: Call, index: number): void {
    this.parts.fallbacks!.start(handed as PromiseCall, index);
  }

  cancelFallback(handed: Call): void {
    this.parts.fallbacks!.cancel(handed as PromiseCall);
  }

  settled(handed: Call): void {
    const call = handed as PromiseCall;
    this.observer?.callSettled?.(call, this.parts.clock.now() - call.startMs);
    if (call.outcome === 'failed') {
      call.takeFailureOfFlight();
      if (call.gaveValue && !isDecided(call.reason)) call.resolve!(call.failure);
      else call.reject!(errorOf(this.parts.name, call));
    } else {
      call.resolve!(call.value);
    }
    this.reuse(call);
  }

  flightCall(first: Call): Call {
    const call = this.freeCalls.pop() ?? new PromiseCall();
    call.work = (first as PromiseCall).work;
    return call;
  }

  flightEnded(handed: Call): void {
    this.reuse(handed as PromiseCall);
  }

  private startWith(call: PromiseCall, options: CallOptions): void {
    const { signal, key, task = currentTask() } = options;
    call.key = key;
    if (signal === undefined) return this.start(call, task);
    if (signal.aborted) {
      call.reject!(signal.reason);
      this.reuse(call);
      return;
    }
    watchCaller(call, signal);
    this.start(call, task);
  }

  private start(call: PromiseCall, task: Task | undefined): void {
    if (this.observer !== undefined) {
      call.clear();
      call.startMs = this.parts.clock.now();
      this.observer.callStarted?.(call);
    }
    this.engines.current.start(call, task);
  }

  private fail(
    call: PromiseCall,
    record: PromiseCall,
    token: number,
    failure: unknown,
    judgement?: Judgement,
  ): void {
    const reason = judgement === undefined ? reasonOfError(failure) : reasonOf(judgement);
    call.attemptFailed(failure, false);
    call.engine!.fail(record, token, reason, judgement?.retryAfterMs);
  }

  private release(running: RunningAttempt): void {
    const { record, context } = running;
    context!.finish();
    if (record !== undefined) record.running = undefined;
    running.record = undefined;
    running.context = undefined;
    running.engine = undefined;
    if (this.freeAttempts.length < POOL_MAX) this.freeAttempts.push(running);
  }

  private reuse(call: PromiseCall): void {
    call.forget();
    if (this.freeCalls.length < POOL_MAX) this.freeCalls.push(call);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' && typeof value !== 'function') return false;
  return value !== null && typeof (value as { then?: unknown }).then === 'function';
}
