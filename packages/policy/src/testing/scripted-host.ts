import type { CacheKey } from '../cache/cache.ts';
import { Call } from '../call/call.ts';
import type { Task } from '../call/call.ts';
import { allStages } from '../call/all-stages.ts';
import { CallEngine } from '../call/engine.ts';
import type { EngineParts } from '../call/engine-parts.ts';
import type { CallHost } from '../call/host.ts';
import { Reason, reasonNames } from '../call/reason.ts';
import type {
  BreakerSettings,
  PolicySettings,
  QueueSettings,
  RetrySettings,
} from '../call/settings.ts';
import { portable } from '../random/elementary.ts';
import { stream } from '../random/streams.ts';
import { Script } from './script.ts';
import type { Act } from './script.ts';
import { VirtualClock } from '../virtual/virtual-clock.ts';

export { failure, hang, success } from './script.ts';
export type { Act, Script } from './script.ts';

/** What {@link ScriptedHost.start} takes besides the acts of the attempts. */
export interface StartOptions {
  /** What the fallback links do. Default: success at once. */
  readonly links?: readonly Act[];
  /** One that has settled, to be used again. */
  readonly call?: Call;
  readonly task?: Task;
  /** What it asks the cache for. */
  readonly key?: CacheKey;
}

/**
 * A host for tests: an engine in virtual time, whose attempts do as their script says, and which
 * keeps a list of all that breaks a promise of the engine.
 */
export class ScriptedHost implements CallHost {
  readonly clock: VirtualClock;
  readonly engine: CallEngine;
  /** What happened, such as `3 attempt 1`. */
  readonly log: string[] = [];
  readonly violations: string[] = [];
  readonly scripts: Script[] = [];
  /** Attempts that run, those included that were abandoned. */
  inFlight: number = 0;
  /** Calls of flights that have not ended. */
  readonly flights: Set<Call> = new Set();
  /** Runs when an attempt starts, in place of its act. */
  onAttempt: ((script: Script, call: Call) => void) | undefined = undefined;
  onSettled: ((script: Script) => void) | undefined = undefined;

  constructor(
    settings: PolicySettings,
    parts: Partial<EngineParts> = {},
    clock: VirtualClock = new VirtualClock(),
  ) {
    this.clock = clock;
    this.engine = new CallEngine(settings, {
      clock,
      random: stream(1, 'scripted host', 'policy'),
      analysis: portable,
      host: this,
      stages: allStages,
      ...parts,
    });
    this.engine.setEndpoints([0, 1, 2]);
  }

  /**
   * Starts a call whose attempts do `acts`, one after the other; the last one stands for all that
   * follow.
   */
  start(acts: readonly Act[], options: StartOptions = {}): Script {
    const call = options.call ?? new Call();
    const script = new Script(call, this.clock.now(), acts, options.links ?? []);
    call.context = script;
    call.owner = this.scripts.length;
    call.key = options.key;
    this.scripts.push(script);
    this.engine.start(call, options.task);
    return script;
  }

  startAttempt(call: Call): void {
    const script = this.scriptOf(call, 'startAttempt');
    const act = script.nextAttempt();
    this.inFlight++;
    const where = call.endpoint < 0 ? '' : ` at ${call.endpoint}`;
    if (call.hedgeOf === undefined) {
      if (script.running !== undefined) this.violate(call, 'two attempts at once');
      if (script.hedge !== undefined) this.violate(call, 'an attempt beside an old hedge');
      script.running = act;
      this.note(call, `attempt ${call.attempt}${where}`);
    } else {
      if (script.hedge !== undefined) this.violate(call, 'two hedges at once');
      if (script.running === undefined) this.violate(call, 'a hedge beside no attempt');
      script.hedge = act;
      this.note(call, `hedge ${call.attempt}${where}`);
    }
    this.checkSlots(call);
    if (this.onAttempt === undefined) this.run(call, act);
    else this.onAttempt(script, call);
  }

  cancelAttempt(call: Call, reason: Reason): boolean {
    const script = this.scriptOf(call, 'cancelAttempt');
    const act = this.end(script, call);
    if (act === undefined) this.violate(call, 'cancelled an attempt that does not run');
    this.note(call, `cancel ${call.hedgeOf === undefined ? '' : 'hedge '}${reasonNames[reason]}`);
    if (act?.callerLeaves === true) this.engine.cancel(script.call);
    const { lateMs } = act ?? {};
    if (lateMs === undefined) {
      this.inFlight--;
      return true;
    }
    this.clock.after(lateMs, () => {
      this.inFlight--;
      this.engine.abandonedEnded();
    });
    return false;
  }

  startFallback(call: Call, index: number): void {
    const script = this.scriptOf(call, 'startFallback');
    if (runs(script)) this.violate(call, 'a fallback beside an attempt');
    if (index !== script.links) this.violate(call, 'a fallback link out of order');
    this.note(call, `fallback ${index}`);
    script.running = script.nextLink();
    this.run(call, script.running);
  }

  cancelFallback(call: Call): void {
    const script = this.scriptOf(call, 'cancelFallback');
    if (script.running === undefined) this.violate(call, 'cancelled a fallback that does not run');
    script.running = undefined;
    this.note(call, 'cancel fallback');
  }

  settled(call: Call): void {
    const script = this.scriptOf(call, 'settled');
    if (runs(script)) this.violate(call, 'settled while something runs');
    script.settledMs = this.clock.now();
    script.outcome = call.outcome;
    script.reason = call.reason;
    this.note(
      call,
      call.outcome === 'failed' ? `failed ${reasonNames[call.reason]}` : call.outcome,
    );
    this.checkSlots(call);
    this.onSettled?.(script);
  }

  /** A flight does what its first caller would have done. */
  flightCall(first: Call): Call {
    const call = new Call();
    const of = first.context as Script;
    const script = new Script(call, this.clock.now(), of.acts, []);
    call.context = script;
    call.owner = first.owner;
    call.key = first.key;
    this.flights.add(call);
    return call;
  }

  flightEnded(call: Call): void {
    const script = this.scriptOf(call, 'flightEnded');
    if (script.running !== undefined) this.violate(call, 'landed while something runs');
    if (!this.flights.delete(call)) this.violate(call, 'landed twice');
    script.settledMs = this.clock.now();
    script.outcome = call.outcome;
    script.reason = call.reason;
  }

  /** Ends what the record of this call, or of its hedge, runs, with its report. */
  report(call: Call, token: number, act: Act): void {
    if (token === call.token && call.phase !== 'idle') {
      if (call.phase === 'running') this.inFlight--;
      this.end(call.context as Script, call);
      // An answer is as old as this.
      call.value = this.clock.now();
    }
    if (act.reason === Reason.none) this.engine.succeed(call, token);
    else this.engine.fail(call, token, act.reason, act.retryAfterMs);
  }

  violate(call: Call, what: string): void {
    this.violations.push(`call ${call.owner} at ${this.clock.now()} ms: ${what}`);
  }

  private run(call: Call, act: Act): void {
    const { token } = call;
    if (act.afterMs < 0) this.report(call, token, act);
    else if (act.afterMs < Infinity) {
      this.clock.after(act.afterMs, () => this.report(call, token, act));
    }
  }

  /** The attempt, the hedge or the link that runs for this record, which is over. */
  private end(script: Script, call: Call): Act | undefined {
    const isHedge = call.hedgeOf !== undefined;
    const act = isHedge ? script.hedge : script.running;
    if (isHedge) script.hedge = undefined;
    else script.running = undefined;
    return act;
  }

  private scriptOf(call: Call, method: string): Script {
    const script = call.context as Script;
    if (script.settledMs >= 0) this.violate(call, `${method} after it had settled`);
    return script;
  }

  private checkSlots(call: Call): void {
    if (this.engine.inFlight !== this.inFlight) {
      this.violate(call, `${this.engine.inFlight} slots held, ${this.inFlight} attempts run`);
    }
  }

  private note(call: Call, what: string): void {
    this.log.push(`${this.clock.now()} ${call.owner} ${what}`);
  }
}

function runs(script: Script): boolean {
  return script.running !== undefined || script.hedge !== undefined;
}

/** Settings for tests, complete; what matters to a test is written in the test. */
export const defaults: {
  readonly retry: RetrySettings;
  readonly queue: QueueSettings;
  readonly breaker: BreakerSettings;
} = {
  retry: {
    attempts: 3,
    retryAfterMaxMs: 30_000,
    on: new Set<Reason>([
      Reason.error,
      Reason.overloaded,
      Reason.reset,
      Reason.unreachable,
      Reason.timeout,
    ]),
    backoff: { baseMs: 10, capMs: 1000, factor: 2, jitter: 'none' },
  },
  queue: { limit: 2, order: 'fifo', targetMs: 5, intervalMs: 100 },
  breaker: {
    minimumCalls: 2,
    failureShare: 0.5,
    withinMs: 1000,
    openMs: 100,
    openMaxMs: 800,
    probes: 1,
  },
};
