import type { Call } from '../call/call.ts';
import type { EngineParts } from '../call/engine-parts.ts';
import type { EndpointBalance, EndpointSettings } from '../call/settings.ts';
import type { Random } from '../random/random.ts';
import { Endpoint } from './endpoint.ts';
import { Outliers } from './outliers.ts';
import { PeakEwma } from './peak-ewma.ts';

/** How many bits the mask of tried endpoints has: a small integer on every engine. */
const BITS = 30;

/**
 * What an attempt came to. `cut-off`: it was ended for what the endpoint had no part in. `ignored`:
 * not even its time says anything.
 */
export type EndpointResult = 'success' | 'failure' | 'cut-off' | 'ignored';

/**
 * A caller's own view of the endpoints of a dependency, and the choice among them for each attempt:
 * not one that its call has tried before, as long as there is another, and none that is ejected.
 *
 * The choice comes with the slot, so that it is not stale after a wait in the queue of the limit.
 * Breaker and limit are those of the whole dependency, so this is the same order: the choice
 * neither refuses nor waits.
 */
export class Endpoints {
  private readonly balance: EndpointBalance;
  private readonly random: Random;
  private readonly ewma: PeakEwma;
  private readonly outliers: Outliers | undefined;
  private list: readonly Endpoint[] = [];
  /** Filled anew for a choice that may not take every endpoint. */
  private readonly left: Endpoint[] = [];
  private made: number = 0;
  /** Where round robin goes on, and least in flight begins to look. −1: nowhere yet. */
  private next: number = -1;

  constructor(
    settings: EndpointSettings,
    { random, analysis, observer }: Pick<EngineParts, 'random' | 'analysis' | 'observer'>,
  ) {
    const { balance, decayMs, failurePenaltyMs, outliers } = settings;
    this.balance = balance;
    this.random = random;
    this.ewma = new PeakEwma(decayMs, failurePenaltyMs, analysis);
    this.outliers = outliers === undefined ? undefined : new Outliers(outliers);
    if (this.outliers === undefined) return;
    this.outliers.onEject = ({ id }, forMs, why) => observer?.endpointEjected?.(id, forMs, why);
    this.outliers.onReturn = ({ id }) => observer?.endpointReturned?.(id);
  }

  /** The endpoints from now on, by the host's names. What is known of those that stay is kept. */
  set(ids: readonly number[], nowMs: number): void {
    const known = new Map(this.list.map((endpoint) => [endpoint.id, endpoint]));
    this.list = [...new Set(ids)].map(
      (id) => known.get(id) ?? new Endpoint(id, 1 << (this.made++ % BITS)),
    );
    this.outliers?.setEndpoints(this.list, nowMs);
  }

  /** Whether a hedge of `call` would have another endpoint than the attempt that runs. */
  hasOther(call: Call, nowMs: number): boolean {
    this.outliers?.advance(nowMs);
    return this.list.some((endpoint) => !endpoint.isEjected && endpoint !== call.at);
  }

  /** An attempt of this record begins, at `record.endpoint`; −1: there is none. */
  begin(record: Call, nowMs: number): void {
    const call = record.hedgeOf ?? record;
    this.outliers?.advance(nowMs);
    const endpoint = this.choose(call, nowMs);
    record.at = endpoint;
    record.endpoint = endpoint === undefined ? -1 : endpoint.id;
    if (endpoint === undefined) return;
    endpoint.pending++;
    call.tried |= endpoint.bit;
  }

  /** It has ended. */
  end(record: Call, result: EndpointResult, nowMs: number): void {
    const { at, attemptStartMs } = record;
    if (at === undefined) return;
    const durationMs = nowMs - attemptStartMs;
    at.pending--;
    if (result === 'ignored') return;
    if (result === 'cut-off') return this.ewma.tookAtLeast(at, durationMs);
    if (result === 'success') this.ewma.succeeded(at, durationMs, nowMs);
    else this.ewma.failed(at, durationMs, nowMs);
    this.outliers?.record(at, result === 'failure', attemptStartMs, nowMs);
  }

  private choose(call: Call, nowMs: number): Endpoint | undefined {
    const from = this.candidates(call);
    if (from.length <= 1) return from[0];
    switch (this.balance) {
      case 'round-robin':
        return this.inTurn(from);
      case 'random':
        return from[this.draw(from.length)];
      case 'least-in-flight':
        return this.leastInFlight(from);
      case 'two-choices':
        return this.better(from, inFlight, nowMs);
      case 'peak-ewma':
        return this.better(from, this.load, nowMs);
    }
  }

  /** Least bad first: untried ones; any but the last; any that is not ejected. */
  private candidates(call: Call): readonly Endpoint[] {
    const isAnyOut = this.outliers !== undefined && this.outliers.ejected > 0;
    if (!isAnyOut && call.tried === 0) return this.list;
    const { left } = this;
    left.length = 0;
    for (const endpoint of this.list) {
      if (!endpoint.isEjected && (endpoint.bit & call.tried) === 0) left.push(endpoint);
    }
    if (left.length > 0) return left;
    for (const endpoint of this.list) {
      if (!endpoint.isEjected && endpoint !== call.at) left.push(endpoint);
    }
    if (left.length > 0) return left;
    for (const endpoint of this.list) if (!endpoint.isEjected) left.push(endpoint);
    return left;
  }

  private draw(count: number): number {
    return Math.floor(this.random.next() * count);
  }

  /** Callers that start together do not all begin with the same endpoint. */
  private turn(count: number): number {
    if (this.next < 0) this.next = this.draw(count);
    return this.next % count;
  }

  private inTurn(from: readonly Endpoint[]): Endpoint {
    const turn = this.turn(from.length);
    this.next = turn + 1;
    return from[turn]!;
  }

  private leastInFlight(from: readonly Endpoint[]): Endpoint {
    const first = this.turn(from.length);
    let turn = first;
    let best = from[first]!;
    for (let offset = 1; offset < from.length; offset++) {
      const at = (first + offset) % from.length;
      const endpoint = from[at]!;
      if (endpoint.pending >= best.pending) continue;
      best = endpoint;
      turn = at;
    }
    this.next = turn + 1;
    return best;
  }

  /** The better of two different ones, drawn at random (Mitzenmacher, 2001). */
  private better(
    from: readonly Endpoint[],
    load: (endpoint: Endpoint, nowMs: number) => number,
    nowMs: number,
  ): Endpoint {
    const first = this.draw(from.length);
    const drawn = this.draw(from.length - 1);
    const one = from[first]!;
    const other = from[drawn < first ? drawn : drawn + 1]!;
    return load(other, nowMs) < load(one, nowMs) ? other : one;
  }

  private readonly load = (endpoint: Endpoint, nowMs: number): number =>
    this.ewma.load(endpoint, nowMs);
}

function inFlight(endpoint: Endpoint): number {
  return endpoint.pending;
}
