import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import { Phase, type ReplicaRuntime } from '../work/replica.ts';
import type { World } from '../world.ts';

/** How the processes of replicas start, get ready, run out of memory, and end. */
export class Processes {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A new one starts at this place. */
  start(replica: ReplicaRuntime): void {
    const { nowNs } = this.#world;
    replica.readyAtNs = Infinity;
    replica.setPhase(Phase.starting, false, nowNs);
    this.wake(replica, nowNs + Math.round(replica.service.startTime.next()));
  }

  /** Takes requests from now on, and is cold. */
  begin(replica: ReplicaRuntime): void {
    const { nowNs } = this.#world;
    const { slower, warmUpMs } = replica.service.model.startUp;
    if (slower > 1) replica.warmAtNs = nowNs + Math.round(warmUpMs * NS_PER_MS);
  }

  /** Ends with all it holds: its work is reset, and its policies and its memory are empty. */
  end(replica: ReplicaRuntime): void {
    const { departures, edges, nowNs } = this.#world;
    departures.kill(replica);
    for (const edge of edges) {
      const { from } = edge.model;
      const isCaller = from.kind === 'service' && from.index === replica.service.index;
      if (isCaller) edge.restart(replica.number);
    }
    replica.heap?.empty();
    if (replica.phase >= Phase.ready || replica.pausedUntilNs === 0) return;
    replica.pauseUntil(0, nowNs);
    replica.heldTimers.length = 0;
    replica.cores.resume(nowNs);
  }

  wake(replica: ReplicaRuntime, atNs: number): void {
    replica.due = this.#world.events.push(atNs, eventFor(EventKind.replica, replica.index));
  }

  /** The pending event of a replica has fired: it is ready, or the time to go has come. */
  due(replica: ReplicaRuntime, sequence: number): void {
    if (sequence !== replica.due) return;
    replica.due = 0;
    const fleet = this.#world.fleets[replica.service.index];
    if (replica.phase === Phase.starting) this.#getReady(replica, fleet?.minReadyNs ?? 0);
    else if (replica.phase === Phase.draining) fleet!.drain(replica);
    fleet?.reconcile();
  }

  /** A request has got its slot, and needs memory; perhaps garbage has to be collected first. */
  allocate(replica: ReplicaRuntime): void {
    const heap = replica.heap!;
    heap.allocate();
    const requests = replica.line.length + replica.inFlight;
    if (!heap.isFull(requests)) return;
    const { events, nowNs, pauses } = this.#world;
    if (heap.isExhausted(requests)) {
      // Not before the request that needs the memory has begun: it goes the way of the others.
      events.push(nowNs, eventFor(EventKind.memory, replica.index));
      return;
    }
    const { meter } = replica.service;
    meter.collected(replica.version);
    pauses.hold(replica, nowNs + heap.collect(requests));
  }

  /** Ends for want of memory; a new process starts in its place, unless it was to go. */
  runOutOfMemory(replica: ReplicaRuntime): void {
    const { journal, fleets, nowNs } = this.#world;
    // Another request had asked for too much at the same time.
    if (!replica.up) return;
    journal.add('out-of-memory', replica.name, 'out of memory, and ended with all it held');
    if (replica.phase === Phase.draining) replica.setPhase(Phase.draining, true, nowNs);
    else this.start(replica);
    this.end(replica);
    fleets[replica.service.index]?.reconcile();
  }

  #getReady(replica: ReplicaRuntime, minReadyNs: number): void {
    const { nowNs, journal } = this.#world;
    replica.readyAtNs = nowNs;
    replica.setPhase(Phase.ready, false, nowNs);
    this.begin(replica);
    journal.add('replica-ready', replica.name, 'new, and ready');
    if (minReadyNs > 0) this.wake(replica, nowNs + minReadyNs);
  }
}
