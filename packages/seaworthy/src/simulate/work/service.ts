import type { CallEngine, RandomStream } from '@seaworthy/policy/engine';

import type { Service } from '../../model/model.ts';
import { NS_PER_MS, Sampler } from '../../model/chance/sampler.ts';
import { doubleZero } from '../../signals/double-zero.ts';
import { ServiceMeter } from '../measure/service-meter.ts';
import type { Program } from './program.ts';
import { Phase, type ReplicaRuntime } from './replica.ts';

/** A service of the model, ready to run. */
export class ServiceRuntime {
  readonly model: Service;
  readonly index: number;
  readonly program: Program;
  readonly meter: ServiceMeter;
  /** All places for replicas, those that are empty now included. */
  readonly replicas: ReplicaRuntime[] = [];
  /** The replicas that callers choose from, in order; a new list whenever it changes. */
  endpoints: readonly ReplicaRuntime[] = [];
  /** How long a replica takes to get ready. */
  readonly startTime: Sampler;
  /** The edges whose callers choose among them, each by its own view. */
  readonly callers: { readonly engines: readonly CallEngine[] }[] = [];
  /** For the shares of faults. */
  readonly chance: RandomStream;
  readonly queueLimit: number = doubleZero;
  readonly newestFirst: boolean;
  /** 0: no maximum. */
  readonly maxWaitNs: number = doubleZero;
  readonly cancelsAbandoned: boolean;
  readonly computes: boolean;
  private readonly loads: readonly number[];
  private readonly factors: readonly number[];

  /** `places`: for replicas; `versions`: that it may have in this run. */
  constructor(
    model: Service,
    index: number,
    program: Program,
    chances: { readonly faults: RandomStream; readonly starts: RandomStream },
    size: { readonly places: number; readonly versions: number },
  ) {
    this.model = model;
    this.index = index;
    this.program = program;
    this.chance = chances.faults;
    this.startTime = new Sampler(model.startUp.readyAfter, chances.starts);
    this.meter = new ServiceMeter(size.places, size.versions);
    this.queueLimit = model.queue.limit;
    this.newestFirst = model.queue.order === 'lifo';
    this.maxWaitNs = Math.round((model.queue.maxWaitMs ?? 0) * NS_PER_MS);
    this.cancelsAbandoned = model.abandoned === 'cancelled';
    this.computes = model.steps.some(computes);
    this.loads = (model.slowdown ?? []).map((point) => point.inFlight);
    this.factors = (model.slowdown ?? []).map((point) => point.factor);
  }

  get slowsDown(): boolean {
    return this.loads.length > 0;
  }

  /** By how much work takes longer at this load: linear between the points and beyond the last. */
  slowdown(inFlight: number): number {
    const loads = this.loads;
    const factors = this.factors;
    const last = loads.length - 1;
    if (last < 0) return 1;
    if (inFlight <= loads[0]! || last === 0) return factors[0]!;
    let right = 1;
    while (right < last && loads[right]! < inFlight) right++;
    const slope = (factors[right]! - factors[right - 1]!) / (loads[right]! - loads[right - 1]!);
    return Math.max(0, factors[right - 1]! + slope * (inFlight - loads[right - 1]!));
  }

  /** A caller with a view of its own learns at once who is there. */
  tellEndpoints(engine: CallEngine): void {
    engine.setEndpoints(this.endpoints.map(({ number }) => number));
  }

  /** After a replica has come or gone. */
  listEndpoints(nowNs: number): void {
    this.endpoints = this.replicas.filter((replica) => replica.isEndpoint);
    for (const { engines } of this.callers) {
      for (const engine of engines) this.tellEndpoints(engine);
    }
    const { ready, versions } = this.meter;
    ready.change(this.endpoints.length - ready.value, nowNs);
    for (const [version, meter] of versions.entries()) {
      const there = this.endpoints.filter((replica) => replica.version === version);
      meter.ready.change(there.length - meter.ready.value, nowNs);
    }
  }

  slots(): number {
    let slots = 0;
    for (const replica of this.replicas) if (replica.up) slots += replica.slots;
    return Number.isFinite(slots) ? slots : 0;
  }

  /** A replica that a fault holds down for a while keeps its cores; an empty place has none. */
  cores(): number {
    let cores = 0;
    if (!this.computes) return cores;
    for (const { phase, fullCores } of this.replicas) if (phase >= Phase.ready) cores += fullCores;
    return cores;
  }
}

function computes(step: Service['steps'][number]): boolean {
  if (step.kind === 'lock') return step.steps.some(computes);
  if (step.kind === 'together') return step.branches.some((branch) => branch.some(computes));
  return step.kind === 'cpu';
}
