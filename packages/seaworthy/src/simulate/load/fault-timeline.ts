import type { Fault, Target } from '../../model/model.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { CachedEdge } from '../policy/cached-edge.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import { FaultState, type ReplicaRuntime } from '../work/replica.ts';
import type { World } from '../world.ts';

/** What changes the state of a part as long as it is in force; a rollout is the fleet's affair. */
type Lasting = Exclude<Fault, { kind: 'rollout' }>;

/** Puts the faults of a scenario in force, and out of it. */
export class FaultTimeline {
  readonly #world: World;
  readonly #faults: readonly Fault[];
  readonly #inForce = new Set<Lasting>();

  constructor(world: World, faults: readonly Fault[]) {
    this.#world = world;
    this.#faults = faults;
  }

  /**
   * Bursts are part of the arrival rate from the start, so they only leave their mark in the
   * journal here.
   */
  start(): void {
    const { events } = this.#world;
    this.#faults.forEach((fault, index) => {
      events.push(Math.round(fault.atMs * NS_PER_MS), eventFor(EventKind.fault, index * 2));
      const endMs = fault.kind === 'rollout' ? fault.backAtMs : fault.atMs + fault.forMs;
      const endNs = Math.round(endMs * NS_PER_MS);
      if (Number.isFinite(endNs)) events.push(endNs, eventFor(EventKind.fault, index * 2 + 1));
    });
  }

  /** A fault begins (even index) or ends (odd). */
  fire(index: number): void {
    const fault = this.#faults[index >> 1]!;
    const begins = index % 2 === 0;
    if (fault.kind === 'rollout') {
      const fleet = this.#world.fleets[fault.service]!;
      if (begins) fleet.rollOut(fault);
      else fleet.rollBack(fault);
      return;
    }
    if (begins) this.#inForce.add(fault);
    else this.#inForce.delete(fault);
    this.#world.journal.add(
      begins ? 'fault-began' : 'fault-ended',
      subjectOf(this.#world, fault),
      fault.text,
    );
    if (fault.kind === 'kill') this.#killOrRevive(fault.target, begins);
    else if (fault.kind === 'pause') this.#pause(fault, begins);
    else if (fault.kind === 'flush') this.#flush(fault, begins);
    else if (fault.kind !== 'burst') this.#recompute();
  }

  #killOrRevive(target: Target, dies: boolean): void {
    for (const replica of this.#targets(target)) {
      if (dies) this.#kill(replica);
      else this.#revive(replica, target);
    }
  }

  #kill(replica: ReplicaRuntime): void {
    const world = this.#world;
    if (!replica.up) return;
    replica.setPhase(replica.phase, true, world.nowNs);
    world.processes.end(replica);
    world.journal.add('replica-killed', replica.name, 'killed with all it held');
    world.fleets[replica.service.index]?.reconcile();
  }

  /** Comes back unless another fault still holds it down. */
  #revive(replica: ReplicaRuntime, ended: Target): void {
    if (!replica.killed) return;
    for (const fault of this.#inForce) {
      if (fault.kind !== 'kill' || fault.target === ended) continue;
      if (this.#targets(fault.target).includes(replica)) return;
    }
    const { nowNs, processes, journal, fleets } = this.#world;
    replica.setPhase(replica.phase, false, nowNs);
    processes.begin(replica);
    journal.add('replica-back', replica.name, 'back, empty');
    fleets[replica.service.index]?.reconcile();
  }

  #pause(fault: Fault & { kind: 'pause' }, begins: boolean): void {
    if (!begins) return;
    const endNs = Math.round((fault.atMs + fault.forMs) * NS_PER_MS);
    for (const replica of this.#targets(fault.target)) this.#world.pauses.hold(replica, endNs);
  }

  #flush(fault: Fault & { kind: 'flush' }, begins: boolean): void {
    const edge = this.#world.edges[fault.target.index];
    if (begins && edge instanceof CachedEdge) edge.flush(fault.share);
  }

  #targets(target: Target): readonly ReplicaRuntime[] {
    if (target.kind === 'edge') return [];
    const { replicas } = this.#world.services[target.index]!;
    return target.replicas === undefined
      ? replicas
      : target.replicas.map((number) => replicas[number]!);
  }

  /**
   * What is in force is computed anew from all faults, so that their ends need not undo anything.
   */
  #recompute(): void {
    const { edges, replicas, queues } = this.#world;
    for (const edge of edges) edge.network.faults.clear();
    for (const replica of replicas) replica.faults.clear();
    for (const queue of queues) queue.poisonShare = queue.model.poisonShare;
    for (const fault of this.#inForce) {
      if (fault.kind === 'burst') continue;
      if (fault.kind === 'poison') {
        const queue = queues[fault.queue]!;
        queue.poisonShare = either(queue.poisonShare, fault.share);
        continue;
      }
      if (fault.target.kind === 'edge') apply(fault, edges[fault.target.index]!.network.faults);
      else for (const replica of this.#targets(fault.target)) apply(fault, replica.faults);
    }
    for (const replica of replicas) this.#resize(replica);
  }

  #resize(replica: ReplicaRuntime): void {
    const share = replica.faults.capacityShare;
    if (share === replica.capacityShare) return;
    replica.capacityShare = share;
    replica.slots = Math.max(1, Math.round(replica.fullSlots * share));
    replica.cores.resize(replica.fullCores * share, this.#world.nowNs);
    if (replica.line.length > 0) this.#world.makeReady(replica);
  }
}

function apply(fault: Exclude<Lasting, { kind: 'burst' | 'poison' }>, state: FaultState): void {
  state.calm = false;
  switch (fault.kind) {
    case 'slow':
      state.slowFactor *= fault.factor;
      state.slowAddsNs += fault.addsMs * NS_PER_MS;
      return;
    case 'fail':
      state.failShare = either(state.failShare, fault.share);
      return;
    case 'blackhole':
      state.blackholeShare = either(state.blackholeShare, fault.share);
      return;
    case 'reset':
      state.resetShare = either(state.resetShare, fault.share);
      return;
    case 'loss':
      state.lossShare = either(state.lossShare, fault.share);
      return;
    case 'capacity':
      state.capacityShare *= fault.share;
      return;
    case 'flush':
    case 'kill':
    case 'pause':
  }
}

/** The probability that at least one of two independent things happens. */
function either(a: number, b: number): number {
  return 1 - (1 - a) * (1 - b);
}

function subjectOf(world: World, fault: Lasting): string {
  if (fault.kind === 'burst') return world.sources[fault.source]!.model.name;
  if (fault.kind === 'poison') return world.queues[fault.queue]!.model.name;
  const { target } = fault;
  if (target.kind === 'edge') return world.edges[target.index]!.model.name;
  return world.services[target.index]!.model.name;
}
