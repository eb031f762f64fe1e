import { criticalityOf } from '../admission/criticality.ts';
import type { RetryBudget } from '../budget/budget.ts';
import type { AttemptStage } from '../call/attempts.ts';
import type { Call, Task } from '../call/call.ts';
import type { CallEngine } from '../call/engine.ts';
import type { CallHost, CallObserver } from '../call/host.ts';
import { Reason, isOfDependency } from '../call/reason.ts';
import type { OutcomeStage } from '../fallback/outcome.ts';
import type { MonotonicTime } from '../time/monotonic.ts';
import type { Analysis } from '../random/analysis.ts';
import type { Random } from '../random/random.ts';
import { Cache } from './cache.ts';
import type { CacheKey } from './cache.ts';
import { Flight } from './flight.ts';
import type { CacheSettings } from './settings.ts';

/** What {@link CacheStage} works with, ready made by the engine. */
export interface CacheParts {
  readonly engine: CallEngine;
  readonly random: Random;
  readonly analysis: Analysis;
  readonly time: MonotonicTime;
  readonly attempts: AttemptStage;
  readonly host: CallHost;
  readonly observer?: CallObserver | undefined;
  readonly budget: RetryBudget | undefined;
  readonly outcome: OutcomeStage;
  /** A cache shared with other engines, in place of an own one. */
  readonly cache?: Cache;
}

/**
 * The layer within the deadline: an answer that is remembered ends the call here; otherwise the
 * call waits for a flight, its own or, with single flight, the one that is under way for its key.
 *
 * A flight is detached from its callers: one that leaves, at its own deadline or because it gave
 * up, does not end it. It ends when none of them would have waited longer from its start.
 */
export class CacheStage {
  readonly cache: Cache;
  private readonly parts: CacheParts;
  private readonly singleFlight: boolean;
  /** Flights that others may join, and refreshes: at most one a key. */
  private readonly flights: Map<CacheKey, Flight> = new Map();
  /** Without single flight: each has one caller, and ends with it. */
  private readonly loneFlights: Set<Flight> = new Set();

  constructor(settings: CacheSettings, parts: CacheParts) {
    this.cache = parts.cache ?? new Cache(settings, parts.random, parts.analysis);
    const { host } = parts;
    if (host.flightCall === undefined || host.flightEnded === undefined) {
      throw new Error('a policy with a cache needs a host with flightCall and flightEnded');
    }
    this.singleFlight = settings.singleFlight;
    this.parts = parts;
  }

  /** Flights under way. */
  get inFlight(): number {
    return this.flights.size + this.loneFlights.size;
  }

  /** A call asks for an answer. */
  enter(call: Call, key: CacheKey): void {
    const state = this.cache.look(key, this.parts.time.nowMs);
    switch (state) {
      case 'fresh':
        return this.answer(call, key, 'hit');
      case 'kept':
        return this.answer(call, key, 'kept');
      case 'early':
      case 'stale':
        return this.answerAndRefresh(call, key, state === 'early' ? 'hit' : 'stale');
      case 'failed': {
        call.cached = 'failed';
        this.parts.observer?.cacheAnswered?.(call, 'failed');
        return this.parts.outcome.giveUp(call, this.cache.entry(key)!.failure);
      }
      case 'absent':
        this.parts.observer?.cacheAnswered?.(call, this.flightFor(key) ? 'joined' : 'miss');
        return this.fetch(call, key);
    }
  }

  /** The flight of this call is over. */
  landed(call: Call): void {
    const flight = call.flight!;
    const { host, time, outcome } = this.parts;
    const { reason, value, attempt, level } = call;
    const succeeded = call.outcome === 'succeeded';
    this.forgetFlight(flight);
    if (succeeded) this.cache.store(flight.key, value, time.nowMs - flight.startMs, time.nowMs);
    else if (isOfDependency(reason)) this.cache.storeFailure(flight.key, reason, time.nowMs);
    call.flight = undefined;
    host.flightEnded!(call);
    for (let waiter = flight.waiting.first; waiter !== undefined; waiter = flight.waiting.first) {
      this.leave(waiter);
      waiter.attempt = attempt;
      // Of one that failed it is what the host left there for those who wait.
      waiter.value = value;
      if (reason === Reason.shed && mattersMore(waiter, level)) this.fetch(waiter, flight.key);
      else if (!succeeded) this.fail(waiter, reason);
      else outcome.settle(waiter, 'succeeded');
    }
  }

  /** The deadline of a call that waits for a flight has passed. */
  due(call: Call): void {
    this.leave(call);
    this.fail(call, Reason.deadline);
  }

  /** The call does not wait for its flight any more. */
  private leave(call: Call): void {
    const flight = call.waitsFor!;
    flight.waiting.remove(call);
    call.waitsFor = undefined;
    this.parts.attempts.timers.remove(call);
    call.attempt = flight.call.attempt;
    call.phase = 'deciding';
  }

  /** The caller gave up. A flight that nobody else may join has lost its purpose. */
  abort(call: Call): void {
    const flight = call.waitsFor!;
    this.leave(call);
    if (!flight.isShared) this.parts.engine.cancel(flight.call, Reason.cancelled);
  }

  /** The process dies: its flights go down with it, and what waits for them fails. */
  abandonFlights(reason: Reason): void {
    for (const flight of [...this.flights.values(), ...this.loneFlights]) {
      this.parts.engine.cancel(flight.call, reason);
    }
  }

  private answer(call: Call, key: CacheKey, how: 'hit' | 'stale' | 'kept'): void {
    call.cached = how;
    call.value = this.cache.entry(key)!.value;
    this.parts.observer?.cacheAnswered?.(call, how);
    this.parts.outcome.settle(call, 'succeeded');
  }

  /** The refresh is decided before the answer is given, and begins after it. */
  private answerAndRefresh(call: Call, key: CacheKey, how: 'hit' | 'stale'): void {
    const { time, budget, observer } = this.parts;
    if (this.flights.has(key)) return this.answer(call, key, how);
    if (budget !== undefined && !budget.tryWithdraw(time.nowMs)) {
      observer?.refreshStopped?.(call);
      return this.answer(call, key, how);
    }
    const flight = this.begin(call, key, true);
    observer?.refreshStarted?.(flight.call);
    this.answer(call, key, how);
    this.launch(flight.call, flight.startMs + flight.allowanceMs, undefined, true);
  }

  private fetch(call: Call, key: CacheKey): void {
    const under = this.flightFor(key);
    if (under !== undefined) return this.join(call, under);
    const { task, deadlineMs } = call;
    const flight = this.begin(call, key, this.singleFlight);
    this.wait(call, flight, 'miss');
    this.launch(flight.call, deadlineMs, task, false);
  }

  /** One that a call for this key may join. */
  private flightFor(key: CacheKey): Flight | undefined {
    return this.singleFlight ? this.flights.get(key) : undefined;
  }

  private join(call: Call, flight: Flight): void {
    const allowanceMs = call.deadlineMs - this.parts.time.nowMs;
    this.wait(call, flight, 'joined');
    if (allowanceMs <= flight.allowanceMs) return;
    flight.allowanceMs = allowanceMs;
    this.extend(flight.call, flight.startMs + allowanceMs);
  }

  /** To the layers below, with the call of a flight. `isExtra`: it has been charged. */
  private launch(call: Call, deadlineMs: number, task: Task | undefined, isExtra: boolean): void {
    const { engine, outcome } = this.parts;
    engine.begin(call, deadlineMs, task);
    if (outcome.isShutDown) outcome.giveUp(call, Reason.shutdown);
    else engine.proceed(call, isExtra);
  }

  /** The call of a flight, or its hedge, may take until `deadlineMs`, later than before. */
  private extend(call: Call, deadlineMs: number): void {
    const { gate, timers } = this.parts.attempts;
    call.deadlineMs = deadlineMs;
    if (call.hedge !== undefined) this.extend(call.hedge, deadlineMs);
    const isRunning = call.phase === 'running';
    if (!isRunning && call.phase !== 'queued') return;
    const dueMs = isRunning
      ? Math.min(call.timeoutEndMs, deadlineMs, call.hedgeDueMs)
      : gate.queueEndMs(call);
    if (dueMs === Infinity) timers.remove(call);
    else if (dueMs !== call.dueMs) timers.set(call, dueMs);
  }

  private begin(call: Call, key: CacheKey, isShared: boolean): Flight {
    const { nowMs } = this.parts.time;
    const own = this.parts.host.flightCall!(call);
    const flight = new Flight(key, own, nowMs, call.deadlineMs - nowMs, isShared);
    own.flight = flight;
    own.level = call.level;
    if (isShared) this.flights.set(key, flight);
    else this.loneFlights.add(flight);
    return flight;
  }

  private wait(call: Call, flight: Flight, how: 'miss' | 'joined'): void {
    call.phase = 'joined';
    call.cached = how;
    call.waitsFor = flight;
    flight.waiting.add(call);
    if (call.deadlineMs < Infinity) this.parts.attempts.timers.set(call, call.deadlineMs);
  }

  /** There will be no new answer for this call: an old one, where it may be given. */
  private fail(call: Call, reason: Reason): void {
    const { outcome, observer, time } = this.parts;
    const isUnwanted = reason === Reason.cancelled || reason === Reason.shutdown;
    const entry = isUnwanted ? undefined : this.cache.rescue(call.key!, time.nowMs);
    if (entry === undefined) return outcome.giveUp(call, reason);
    call.cached = 'rescued';
    call.reason = reason;
    call.value = entry.value;
    observer?.cacheRescued?.(call);
    outcome.settle(call, 'succeeded');
  }

  private forgetFlight(flight: Flight): void {
    if (flight.isShared) this.flights.delete(flight.key);
    else this.loneFlights.delete(flight);
  }
}

/**
 * Whether a call may ask anew where a flight of this level was shed: that was for whoever began the
 * flight, and says nothing about those of a higher class who had joined it.
 */
function mattersMore(call: Call, level: number): boolean {
  return criticalityOf(call.level) > criticalityOf(level);
}
