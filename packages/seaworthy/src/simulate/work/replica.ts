import { type Admission, Codel } from '@seaworthy/policy/engine';

import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { doubleZero } from '../../signals/double-zero.ts';
import type { Cores } from './cores.ts';
import type { Heap } from './heap.ts';
import type { ServiceRuntime } from './service.ts';
import { WaitingLine } from './waiting-line.ts';

/**
 * What the faults that are in force do to a replica, or to the network of an edge. Shares are 0..1.
 */
export class FaultState {
  slowFactor: number = doubleZero;
  slowAddsNs: number = doubleZero;
  failShare: number = doubleZero;
  blackholeShare: number = doubleZero;
  resetShare: number = doubleZero;
  lossShare: number = doubleZero;
  capacityShare: number = doubleZero;
  /** Nothing is in force: the common case costs one comparison. */
  calm = true;

  constructor() {
    this.clear();
  }

  clear(): void {
    this.slowFactor = 1;
    this.slowAddsNs = 0;
    this.failShare = 0;
    this.blackholeShare = 0;
    this.resetShare = 0;
    this.lossShare = 0;
    this.capacityShare = 1;
    this.calm = true;
  }
}

/** Where a replica is in its life. Without deploys and autoscaling, all are ready for ever. */
export const Phase = {
  /** There is no process at this place. */
  absent: 0,
  /** It starts, and does not take requests yet. */
  starting: 1,
  /** Callers may choose it. */
  ready: 2,
  /** It is on its way out: callers do not choose it any more, and it works off what it holds. */
  draining: 3,
} as const;

/** A timer that waits for its process to go on. */
export interface HeldTimer {
  release(): void;
}

/** One process of a service: worker slots, a queue before them, and cores. */
export class ReplicaRuntime {
  readonly service: ServiceRuntime;
  /** Over all services. */
  readonly index: number;
  /** Within its service, from 0. */
  readonly number: number;
  readonly line = new WaitingLine();
  readonly cores: Cores;
  /** The same judgement of a standing queue that the policies use. */
  readonly codel: Codel | undefined;
  /** Sheds by criticality, where the service does. */
  door: Admission | undefined = undefined;
  /** As the model has it; and now, with the version that it has. */
  readonly ownSpeed: number;
  speed: number;
  /** Undefined: there is always enough memory. */
  heap: Heap | undefined = undefined;
  readonly faults = new FaultState();
  /** Worker slots now; faults can take some. */
  slots: number;
  /** Worker slots as the model has it. */
  readonly fullSlots: number;
  readonly fullCores: number;
  /** The share of slots and cores that faults have left. */
  capacityShare = 1;
  /** Cores that compute now. */
  computing = 0;
  /** Requests that hold a slot. */
  inFlight = 0;
  /** Requests that callers have sent and that are not answered: travelling, queued or in flight. */
  outstanding = 0;
  phase: number = Phase.ready;
  /** A fault holds it down. */
  killed = false;
  /** A process is there, and takes what reaches it: {@link setPhase}. */
  up = true;
  /** Which of the versions of its service it has: 0 is the file's. */
  version = 0;
  /** The share of its requests that fail for its version. */
  failShare = 0;
  /** When it got ready; those that were there from the beginning always were. */
  readyAtNs = -Infinity;
  /** Slower than its speed until then, less and less. */
  warmAtNs = 0;
  /** When it must be gone, while it drains. */
  drainedByNs = 0;
  /** The pending event of its life: it gets ready, or goes. 0: none. */
  due = 0;
  /** It stands still until then; 0 when it does not. */
  pausedUntilNs = 0;
  /** The timers of its policies that fell due since then, in order. */
  readonly heldTimers: HeldTimer[] = [];
  /** It is on the list of replicas that can start queued requests, before this one. */
  ready = false;
  nextReady: ReplicaRuntime | undefined = undefined;

  constructor(
    service: ServiceRuntime,
    index: number,
    number: number,
    size: { readonly concurrency: number; readonly cores: number; readonly speed: number },
    cores: Cores,
  ) {
    this.service = service;
    this.index = index;
    this.number = number;
    this.fullSlots = size.concurrency;
    this.slots = size.concurrency;
    this.fullCores = size.cores;
    this.ownSpeed = size.speed;
    this.speed = size.speed;
    this.cores = cores;
    const { queue } = service.model;
    this.codel = queue.order === 'codel' ? new Codel(queue) : undefined;
  }

  /** Callers may choose it. */
  get isEndpoint(): boolean {
    return this.up && this.phase === Phase.ready;
  }

  /** Comes, goes, dies or returns; callers choose among others from now on. */
  setPhase(phase: number, killed: boolean, nowNs: number): void {
    this.phase = phase;
    this.killed = killed;
    const wasUp = this.up;
    this.up = !killed && phase >= Phase.ready;
    if (this.up && !wasUp) this.door?.restart(nowNs / NS_PER_MS);
    this.service.listEndpoints(nowNs);
  }

  /** As reports call it. */
  get name(): string {
    return `${this.service.model.name} replica ${this.number + 1}`;
  }

  /** How many times as long all takes while it is cold: falls to 1 along a straight line. */
  coldness(nowNs: number): number {
    if (nowNs >= this.warmAtNs) return 1;
    const { slower, warmUpMs } = this.service.model.startUp;
    return 1 + ((slower - 1) * (this.warmAtNs - nowNs)) / (warmUpMs * NS_PER_MS);
  }

  /** Stands still until then, or goes on (0). */
  pauseUntil(untilNs: number, nowNs: number): void {
    const change = Number(untilNs > 0) - Number(this.pausedUntilNs > 0);
    this.pausedUntilNs = untilNs;
    const { paused, versions } = this.service.meter;
    paused.change(change, nowNs);
    versions[this.version]?.paused.change(change, nowNs);
  }

  /** Whether its door sheds a request of this level. */
  sheds(level: number, nowNs: number): boolean {
    return this.door !== undefined && !this.door.admits(level, this.line.length, nowNs / NS_PER_MS);
  }

  canStart(): boolean {
    return this.inFlight < this.slots && this.up === true && this.pausedUntilNs === 0;
  }

  /** After the work on the cores has changed: how many of them compute. */
  countComputing(nowNs: number): void {
    const computing = Math.min(this.cores.busy, this.fullCores);
    if (computing === this.computing) return;
    this.service.meter.computing.change(computing - this.computing, nowNs);
    this.computing = computing;
  }
}
