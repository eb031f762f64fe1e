import { Call } from '../call/call.ts';
import { allStages } from '../call/all-stages.ts';
import { CallEngine } from '../call/engine.ts';
import type { CallHost } from '../call/host.ts';
import { Reason } from '../call/reason.ts';
import type { PolicySettings } from '../call/settings.ts';
import { log } from '../random/elementary.ts';
import { portable } from '../random/elementary.ts';
import { stream } from '../random/streams.ts';
import type { RandomStream } from '../random/streams.ts';
import { VirtualClock } from '../virtual/virtual-clock.ts';

/** What a server and those who call it are like. May be changed while it runs. */
export interface Load {
  /** Tasks a second; arrivals are a Poisson process. */
  perSecond: number;
  /** Requests that the server works on at once. */
  workers: number;
  /** The mean of the service time, in milliseconds. */
  serviceMs: number;
  /** Whether service times are exponential; otherwise within a tenth of the mean. */
  isExponential: boolean;
  /** Requests that may wait at the server; more are refused as overloaded. Infinity: no bound. */
  places: number;
  /** The share of requests that are lost: they are never answered, and cost nothing. */
  lostShare: number;
  /** Requests a second from others, which are served in the same queue. */
  othersPerSecond: number;
}

/** A request at the server. `call` is undefined for those of others. */
interface Request {
  readonly call: Call | undefined;
  readonly token: number;
}

/** What the caller saw in one second. */
export interface Second {
  readonly atMs: number;
  readonly limit: number;
  readonly inFlight: number;
  readonly answered: number;
}

/**
 * A caller with one policy before a server with workers and one queue, M/M/c/K in virtual time. A
 * request whose caller has given up is served all the same: most servers never notice.
 */
export class LoadedServer implements CallHost {
  readonly clock: VirtualClock = new VirtualClock();
  readonly engine: CallEngine;
  readonly load: Load;
  readonly seconds: Second[] = [];
  started: number = 0;
  succeeded: number = 0;
  /** Calls that failed, by the number of their reason. */
  readonly failed: number[] = [];
  private readonly arrivals: RandomStream;
  private readonly service: RandomStream;
  private readonly losses: RandomStream;
  private readonly others: RandomStream;
  private readonly queue: Request[] = [];
  private readonly spare: Call[] = [];
  private busy: number = 0;
  private answeredBefore: number = 0;

  constructor(settings: PolicySettings, load: Partial<Load>, seed: number = 1) {
    this.load = {
      perSecond: 100,
      workers: 10,
      serviceMs: 50,
      isExponential: true,
      places: Infinity,
      lostShare: 0,
      othersPerSecond: 0,
      ...load,
    };
    this.arrivals = stream(seed, 'server', 'arrivals');
    this.service = stream(seed, 'server', 'service');
    this.losses = stream(seed, 'server', 'losses');
    this.others = stream(seed, 'server', 'others');
    const random = stream(seed, 'server', 'policy');
    this.engine = new CallEngine(settings, {
      clock: this.clock,
      random,
      analysis: portable,
      host: this,
      stages: allStages,
    });
    this.nextArrival();
    this.nextOther();
    this.nextSecond();
  }

  /** Runs for so many seconds more. */
  run(seconds: number): void {
    for (let second = 0; second < seconds; second++) this.clock.advance(1000);
  }

  startAttempt(call: Call): void {
    const { load } = this;
    if (load.lostShare > 0 && this.losses.next() < load.lostShare) return;
    this.arrive({ call, token: call.token });
  }

  cancelAttempt(): boolean {
    return true;
  }

  startFallback(): void {
    throw new Error('no fallback was asked for');
  }

  cancelFallback(): void {
    throw new Error('no fallback was asked for');
  }

  settled(call: Call): void {
    if (call.outcome === 'succeeded') this.succeeded++;
    else this.failed[call.reason] = (this.failed[call.reason] ?? 0) + 1;
    this.spare.push(call);
  }

  /** Answers a second over the last so many seconds. */
  goodput(seconds: number): number {
    const last = this.seconds.slice(-seconds);
    return last.reduce((sum, { answered }) => sum + answered, 0) / last.length;
  }

  /** The limit of each of the last so many seconds. */
  limits(seconds: number): number[] {
    return this.seconds.slice(-seconds).map(({ limit }) => limit);
  }

  /** How many calls failed for this. */
  failedFor(reason: Reason): number {
    return this.failed[reason] ?? 0;
  }

  private arrive(request: Request): void {
    const { load } = this;
    if (this.busy < load.workers) this.serve(request);
    else if (this.queue.length < load.places) this.queue.push(request);
    else if (request.call !== undefined) {
      this.engine.fail(request.call, request.token, Reason.overloaded);
    }
  }

  private serve(request: Request): void {
    this.busy++;
    this.clock.after(this.serviceMs(), () => {
      this.busy--;
      const next = this.queue.shift();
      if (next !== undefined) this.serve(next);
      if (request.call !== undefined) this.engine.succeed(request.call, request.token);
    });
  }

  private serviceMs(): number {
    const { serviceMs, isExponential } = this.load;
    if (isExponential) return exponential(this.service, serviceMs);
    return serviceMs * (0.9 + 0.2 * this.service.next());
  }

  private nextArrival(): void {
    this.clock.after(exponential(this.arrivals, 1000 / this.load.perSecond), () => {
      this.nextArrival();
      this.started++;
      this.engine.start(this.spare.pop() ?? new Call());
    });
  }

  private nextOther(): void {
    const { othersPerSecond } = this.load;
    // Without any, look again later: they may come.
    const waitMs = othersPerSecond === 0 ? 100 : exponential(this.others, 1000 / othersPerSecond);
    this.clock.after(waitMs, () => {
      this.nextOther();
      if (othersPerSecond > 0) this.arrive({ call: undefined, token: 0 });
    });
  }

  private nextSecond(): void {
    this.clock.after(1000, () => {
      this.nextSecond();
      const { limit, inFlight } = this.engine;
      const answered = this.succeeded - this.answeredBefore;
      this.answeredBefore = this.succeeded;
      this.seconds.push({ atMs: this.clock.now(), limit, inFlight, answered });
    });
  }
}

function exponential(random: RandomStream, meanMs: number): number {
  return -meanMs * log(1 - random.next());
}
