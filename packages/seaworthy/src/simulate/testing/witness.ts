import type { Call } from '@seaworthy/policy/engine';

import { CachedEdge } from '../policy/cached-edge.ts';
import type { EdgeRuntime } from '../policy/edge.ts';
import type { SimulatedCall } from '../policy/simulated-call.ts';
import { Level } from '../../signals/level.ts';
import type { ReplicaRuntime } from '../work/replica.ts';
import type { ServiceRuntime } from '../work/service.ts';
import type { World } from '../world.ts';

/** What an edge did, counted beside its own meter. */
export class EdgeWitness {
  /** Calls that have begun and not settled. */
  readonly open = new Set<SimulatedCall>();
  /** Those among them that nobody waits for, and that have no record. */
  anonymous = 0;
  readonly calls = new Level();
  /** Flights of a cache that have begun and not ended, and all there were. */
  readonly flights = new Set<SimulatedCall>();
  flown = 0;
  begun = 0;
  /** When the last call settled. */
  lastNs = 0;
  settled = 0;
  /** Policies that have been: a process that dies takes its own along. */
  engines: number;

  constructor(edge: EdgeRuntime) {
    this.engines = edge.engines.length;
  }
}

/**
 * Looks over the shoulder of a world: keeps own accounts of what begins and ends, and notes what
 * must not be. It stands between the engine and its host, so nothing escapes it.
 */
export class Witness {
  readonly broken: string[] = [];
  readonly edges: readonly EdgeWitness[];
  /** By service: the time that requests spent in queues, each measured from its arrival. */
  readonly queuedNs = new Map<ServiceRuntime, number>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.edges = world.edges.map((edge) => this.#watchEdge(edge));
    for (const replica of world.replicas) this.#watchQueue(replica);
  }

  get openCalls(): number {
    let open = 0;
    for (const edge of this.edges) {
      open += edge.open.size + edge.anonymous + edge.flights.size;
    }
    return open;
  }

  note(text: string): void {
    if (this.broken.length < 10) this.broken.push(`${text}, at ${this.#world.nowMs} ms`);
  }

  #watchEdge(edge: EdgeRuntime): EdgeWitness {
    const witness = new EdgeWitness(edge);
    const { name } = edge.model;
    const own = {
      begin: edge.begin.bind(edge),
      settled: edge.settled.bind(edge),
      beginAnonymous: edge.beginAnonymous.bind(edge),
      deliveredAnonymous: edge.deliveredAnonymous.bind(edge),
      startAttempt: edge.startAttempt.bind(edge),
      startFallback: edge.startFallback.bind(edge),
      restart: edge.restart.bind(edge),
    };
    edge.begin = (call, caller, task) => {
      if (witness.open.has(call)) this.note(`${name}: a call began that is open`);
      witness.open.add(call);
      witness.begun++;
      witness.calls.change(1, this.#world.nowNs);
      own.begin(call, caller, task);
    };
    edge.settled = (call) => {
      if (!witness.open.delete(call as SimulatedCall)) this.note(`${name}: a call settled twice`);
      witness.settled++;
      witness.lastNs = this.#world.nowNs;
      witness.calls.change(-1, this.#world.nowNs);
      own.settled(call);
    };
    edge.beginAnonymous = (taskKey) => {
      witness.anonymous++;
      witness.begun++;
      witness.calls.change(1, this.#world.nowNs);
      own.beginAnonymous(taskKey);
    };
    edge.deliveredAnonymous = (reason, calledMs) => {
      witness.anonymous--;
      witness.settled++;
      witness.calls.change(-1, this.#world.nowNs);
      own.deliveredAnonymous(reason, calledMs);
    };
    const after = (call: Call, what: string): void => {
      const whole = (call.hedgeOf ?? call) as SimulatedCall;
      if (witness.open.has(whole) || witness.flights.has(whole)) return;
      this.note(`${name}: ${what} after the call had settled`);
    };
    if (edge instanceof CachedEdge) this.#watchFlights(edge, witness);
    edge.startAttempt = (call) => {
      after(call, 'an attempt');
      own.startAttempt(call);
    };
    edge.startFallback = (call, index) => {
      after(call, 'a fallback');
      own.startFallback(call, index);
    };
    edge.restart = (caller) => {
      witness.engines++;
      own.restart(caller);
    };
    return witness;
  }

  /** Flights fill a cache: they have attempts like calls, and nobody is told when they end. */
  #watchFlights(edge: CachedEdge, witness: EdgeWitness): void {
    const { name } = edge.model;
    const flightCall = edge.flightCall.bind(edge);
    const flightEnded = edge.flightEnded.bind(edge);
    edge.flightCall = (first) => {
      const flight = flightCall(first);
      witness.flights.add(flight);
      witness.flown++;
      return flight;
    };
    edge.flightEnded = (flight) => {
      if (!witness.flights.delete(flight as SimulatedCall))
        this.note(`${name}: a flight ended twice`);
      witness.lastNs = this.#world.nowNs;
      flightEnded(flight);
    };
  }

  /** Requests leave a queue through its front or back, or from the middle; no other way. */
  #watchQueue({ line, service }: ReplicaRuntime): void {
    const { requests } = this.#world;
    const take = line.take.bind(line);
    const leave = line.leave.bind(line);
    const left = (request: number): void => {
      const waitedNs = this.#world.nowNs - requests.arrivedNs.at(request)!;
      if (waitedNs < 0) this.note(`${service.model.name}: a request left before it came`);
      this.queuedNs.set(service, (this.queuedNs.get(service) ?? 0) + waitedNs);
    };
    line.take = (fromBack, tickets) => {
      const request = take(fromBack, tickets);
      left(request);
      return request;
    };
    line.leave = (request, tickets) => {
      left(request);
      leave(request, tickets);
    };
  }
}
