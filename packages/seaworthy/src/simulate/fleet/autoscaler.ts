import type { Autoscale } from '../../model/lifecycle.ts';
import { NS_PER_MS } from '../../model/chance/sampler.ts';
import { EventKind, eventFor } from '../time/event-kind.ts';
import type { ServiceRuntime } from '../work/service.ts';
import type { World } from '../world.ts';
import type { Fleet } from './fleet.ts';

/** What Kubernetes allows in one step up: twice as many, or four more, whatever is more. */
const GROWTH_MAX = 2;
const GROWTH_LEAST = 4;

interface Recommendation {
  readonly atNs: number;
  readonly replicas: number;
}

/**
 * Wants as many replicas as the load asks for, as the Horizontal Pod Autoscaler of Kubernetes does
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/): replicas ×
 * metric ÷ target, rounded up, unless that is within the tolerance; replicas that are not ready
 * count as idle when it scales up; it scales down to the most that was recommended lately.
 */
export class Autoscaler {
  readonly #world: World;
  readonly #service: ServiceRuntime;
  readonly #fleet: Fleet;
  readonly #settings: Autoscale;
  #recommended: Recommendation[];
  #lastNs = 0;
  #lastUsedNs = 0;

  constructor(world: World, service: ServiceRuntime, fleet: Fleet, settings: Autoscale) {
    this.#world = world;
    this.#service = service;
    this.#fleet = fleet;
    this.#settings = settings;
    this.#recommended = [{ atNs: 0, replicas: fleet.wanted }];
  }

  /** Schedules the next look. */
  start(): void {
    const { events, nowNs } = this.#world;
    const atNs = nowNs + Math.round(this.#settings.everyMs * NS_PER_MS);
    events.push(atNs, eventFor(EventKind.autoscale, this.#service.index));
  }

  /** Looks at the load since the last time, and scales. */
  look(): void {
    const { nowNs } = this.#world;
    const usedNs = this.#usedNs(nowNs);
    const used = (usedNs - this.#lastUsedNs) / (nowNs - this.#lastNs);
    this.#lastNs = nowNs;
    this.#lastUsedNs = usedNs;
    this.start();
    const { wanted } = this.#fleet;
    const asked = this.#asked(used, wanted);
    const replicas = this.#allowed(this.#stabilized(asked, wanted, nowNs), wanted);
    if (replicas !== wanted) this.#fleet.scaleTo(replicas);
  }

  /** The area under cores that compute, or requests that are there, since the beginning. */
  #usedNs(nowNs: number): number {
    const { computing, inFlight, queue } = this.#service.meter;
    if (this.#settings.metric === 'cpu') return computing.area(nowNs);
    return inFlight.area(nowNs) + queue.area(nowNs);
  }

  /** What the load of this moment asks for. */
  #asked(used: number, wanted: number): number {
    const { target, tolerance, metric } = this.#settings;
    const { endpoints } = this.#service;
    const ready = endpoints.length;
    if (ready === 0) return wanted;
    const cores = endpoints.reduce((sum, replica) => sum + replica.fullCores, 0) / ready;
    const usedByOne = used / (metric === 'cpu' ? cores : 1);
    const ratio = usedByOne / ready / target;
    if (Math.abs(ratio - 1) <= tolerance) return wanted;
    const unready = Math.max(0, wanted - ready);
    if (unready === 0 || ratio < 1) return Math.ceil(ratio * ready);
    const all = ready + unready;
    const dampened = usedByOne / all / target;
    return dampened <= 1 + tolerance ? wanted : Math.ceil(dampened * all);
  }

  /** Fewer replicas only when no load of the last minutes asked for more. */
  #stabilized(asked: number, wanted: number, nowNs: number): number {
    const sinceNs = nowNs - this.#settings.stabilizationMs * NS_PER_MS;
    this.#recommended = this.#recommended.filter(({ atNs }) => atNs > sinceNs);
    this.#recommended.push({ atNs: nowNs, replicas: asked });
    if (asked >= wanted) return asked;
    const most = Math.max(...this.#recommended.map(({ replicas }) => replicas));
    return Math.min(wanted, most);
  }

  #allowed(replicas: number, wanted: number): number {
    const { min, max } = this.#settings;
    const growth = Math.max(GROWTH_MAX * wanted, wanted + GROWTH_LEAST);
    return Math.min(Math.max(replicas, min), Math.min(max, growth));
  }
}
