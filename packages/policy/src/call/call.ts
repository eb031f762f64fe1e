import { unknownLevel } from '../admission/criticality.ts';
import type { CacheKey } from '../cache/cache.ts';
import type { Flight } from '../cache/flight.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { Line } from '../line/line.ts';
import type { CallEngine } from './engine.ts';
import { Reason } from './reason.ts';

/**
 * What a task carries from call to call and hop to hop: its deadline and how many attempts it may
 * still use. All calls below a task share it, so that layers of retries cannot multiply.
 */
export class Task {
  /** The task that this one is a part of: an attempt of the part counts for the whole. */
  parent: Task | undefined = undefined;
  /** On the clock of the engine, in milliseconds. Infinity: none. */
  deadlineMs: number = Infinity;
  /** Attempts that may still be started, over all calls. Infinity: no cap. */
  attemptsLeft: number = Infinity;
  /**
   * How much it matters, see `levelOf` and `levelAt`: class and user in one number. Below 0: nobody
   * said.
   */
  level: number = unknownLevel;

  /**
   * Attempts that may still be started, by this task and by every task it is a part of. Infinity:
   * no cap.
   */
  attemptsAllowed(): number {
    let allowed = this.attemptsLeft;
    for (let task = this.parent; task !== undefined; task = task.parent) {
      allowed = Math.min(allowed, task.attemptsLeft);
    }
    return allowed;
  }

  /** An attempt starts. */
  useAttempt(): void {
    this.attemptsLeft--;
    for (let task = this.parent; task !== undefined; task = task.parent) task.attemptsLeft--;
  }
}

/**
 * What the cache did for a call. `none`: it was not asked. `hit`: a fresh answer. `stale`: an old
 * one, which is being refreshed. `kept`: an old one, because a new one was not to be had just now.
 * `miss`: a flight of its own. `joined`: the flight of another. `rescued`: one of these two, and an
 * old answer when the flight failed. `failed`: the failure of a flight just before.
 */
export type CacheAnswer =
  | 'none'
  | 'hit'
  | 'stale'
  | 'kept'
  | 'miss'
  | 'joined'
  | 'rescued'
  | 'failed';

/**
 * A part of the inherited task with a cap of its own, so that the cap of one call leaves the
 * caller's other calls alone.
 */
export function cappedTask(attempts: number, call: Call, parent: Task | undefined): Task {
  const task = new Task();
  task.parent = parent;
  task.deadlineMs = call.deadlineMs;
  task.level = call.level;
  task.attemptsLeft = attempts;
  return task;
}

/** How a call ended: answered by the dependency or its cache, by a fallback, or not at all. */
export type CallOutcome = 'pending' | 'succeeded' | 'fallback' | 'failed';

/**
 * Where a call is on its way. The engine's own.
 * `idle`: not started, or settled. `joined`: waits for the flight of a cache. `queued`: waits for a
 * slot. `running`: an attempt runs. `hedged`: its attempt has failed, and the hedge beside it still
 * runs. `deciding`: an attempt is over, and what follows is being decided. `cancelled`: its caller
 * gave up meanwhile. `backoff`: waits for the next attempt. `fallback`: a fallback link runs.
 */
export type CallPhase =
  | 'idle'
  | 'joined'
  | 'queued'
  | 'running'
  | 'hedged'
  | 'deciding'
  | 'cancelled'
  | 'backoff'
  | 'fallback';

/**
 * One call, from start to settle: a record that the engine fills and the host may pool. Hand a new
 * one, or one that has settled, to `engine.start`; every field below `value` belongs to the engine,
 * to be read only.
 */
export class Call {
  /** The host's own handle; the engine never looks at it. */
  owner: number = -1;
  /** The host's own object; the engine never looks at it. */
  context: unknown = undefined;
  /** Set by the host before `start`, where the call begins a task; else that of the task. */
  level: number = unknownLevel;
  /** What it asks for, where the policy has a cache. Undefined: not to be cached. */
  key: CacheKey | undefined = undefined;
  /**
   * The answer. The host sets it before `engine.succeed`, where there is a cache that is to
   * remember it; and reads it when the call has settled with one from the cache.
   */
  value: unknown = undefined;

  /** The engine that drives it. Set by `start`. */
  engine: CallEngine | undefined = undefined;
  /**
   * What this call may still use, shared with the caller's other calls, or undefined: no
   * inheritance.
   */
  task: Task | undefined = undefined;
  /** `pending` until it settles. */
  outcome: CallOutcome = 'pending';
  /** Why it failed, or why the fallback ran; of the last attempt, or of the local rejection. */
  reason: Reason = Reason.none;
  /**
   * The number of the attempt that runs or ran last: 1 for the first, 0 before it. Hedges count.
   */
  attempt: number = 0;
  /** What the cache did for it, where the policy has one. */
  cached: CacheAnswer = 'none';
  /**
   * Where the running attempt goes, by the name that the host gave: −1 where the policy does not
   * choose, or has nothing to choose from.
   */
  endpoint: number = -1;
  /** On the record of a hedge, the call that it is a second attempt of. */
  hedgeOf: Call | undefined = undefined;
  /** The hedge that runs beside the attempt of this call. */
  hedge: Call | undefined = undefined;
  /** Which fallback link runs or ran: 0 for the first, −1 for none. */
  fallbackIndex: number = -1;
  /**
   * Changes with every attempt and at the end: a report with an older token is late, and ignored.
   */
  token: number = 0;
  /** When it was started, on the clock of the engine. */
  startMs: number = 0;
  /** On the clock of the engine. Infinity: none. */
  deadlineMs: number = Infinity;
  /** When the running attempt got its slot. */
  attemptStartMs: number = 0;
  /** When its timeout ends it. Infinity: none does. */
  timeoutEndMs: number = Infinity;
  /** Attempts that held a slot then, this one included. */
  inFlightAtStart: number = 0;
  /** When it began to wait in the queue of the limit. */
  queuedMs: number = 0;

  // What the parts of the engine keep here instead of in a table of their own.
  /** @internal */
  phase: CallPhase = 'idle';
  /** @internal The permission of the breaker for the running attempt. */
  permission: number = -1;
  /** @internal The delay before the running attempt. */
  previousDelayMs: number = 0;
  /** @internal When the running attempt was charged to the budget, where it is a retry. */
  chargedMs: number = 0;
  /** @internal The sum of all delays so far. */
  waitedMs: number = 0;
  /** @internal When a hedge of the running attempt is due. Infinity: none is. */
  hedgeDueMs: number = Infinity;
  /** Hedges that have started. */
  hedges: number = 0;
  /** @internal Why the first of an attempt and its hedge failed. */
  pairReason: Reason = Reason.none;
  /** @internal The wait that it was told. −1: none. */
  pairRetryAfterMs: number = -1;
  /** @internal The endpoint of the running attempt. */
  at: Endpoint | undefined = undefined;
  /** @internal A bit for each endpoint that the call has tried. */
  tried: number = 0;
  /** @internal */
  dueMs: number = Infinity;
  /** @internal */
  dueSequence: number = 0;
  /** @internal */
  heapIndex: number = -1;
  /** @internal Where it stands: its attempt runs, or it waits for a slot or for a flight. */
  line: Line<Call> | undefined = undefined;
  /** @internal */
  previous: Call | undefined = undefined;
  /** @internal */
  next: Call | undefined = undefined;
  /** @internal The flight whose call this is. Undefined: it is the call of a caller. */
  flight: Flight | undefined = undefined;
  /** @internal The flight that it waits for. */
  waitsFor: Flight | undefined = undefined;

  /**
   * Whether this is the call of a flight of the cache, which belongs to no caller: see `cached`.
   */
  get isFlight(): boolean {
    return this.flight !== undefined;
  }

  /** @internal Nothing is left of the last time. */
  clear(): void {
    this.outcome = 'pending';
    this.reason = Reason.none;
    this.attempt = 0;
    this.fallbackIndex = -1;
    this.previousDelayMs = 0;
    this.waitedMs = 0;
    this.hedges = 0;
    this.hedgeDueMs = Infinity;
    this.tried = 0;
    this.at = undefined;
    this.endpoint = -1;
  }

  /**
   * The task for the work below this call: it ends with the deadline of this call, matters as much,
   * and its attempts count for the task of this call. Make one for each call that tells its callee.
   */
  handDown(): Task {
    const task = new Task();
    task.parent = this.task;
    task.deadlineMs = this.deadlineMs;
    task.level = this.level;
    return task;
  }
}
