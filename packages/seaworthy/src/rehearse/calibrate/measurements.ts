import { Histogram } from '../../signals/histogram.ts';
import type { Interval, Run } from '../../signals/run.ts';

/** What the requests of a service have to do with an edge. */
interface Calls {
  /** Attempts that reach the callee. */
  readonly perRequest: number;
  /** The time that a request spends in them. */
  readonly meanMs: number;
  readonly variance: number;
}

/** What a run says about times, from the end of its warm-up. */
export class Measurements {
  readonly #intervals: readonly Interval[];

  constructor({ header, intervals }: Run) {
    this.#intervals = intervals.filter(({ fromMs }) => fromMs >= header.warmUpMs);
  }

  /** From reaching the service to its answer. */
  serviceTime(service: number): Histogram {
    return this.#merged(({ services }) => [services[service]!.serviceTime]);
  }

  /**
   * The calls that a service makes over an edge. With less than one for each request, some make
   * none; with more, they are made one after the other.
   */
  callsOf(edge: number, caller: number): Calls {
    const times = this.#callTimes(edge);
    if (times.count === 0) return { perRequest: 0, meanMs: 0, variance: 0 };
    const requests = this.#sum(({ services }) => services[caller]!.arrived);
    const attempts = this.#sum(({ edges }) => edges[edge]!.attempts);
    const calls = times.count / requests;
    const { mean, variance } = times;
    const made = calls * (1 - Math.min(1, calls)) * mean ** 2;
    return {
      perRequest: attempts / requests,
      meanMs: calls * mean,
      variance: calls * variance + made,
    };
  }

  /** What a call of a source takes beyond the time at the service. */
  hopMs(edge: number, service: number): number {
    const hopMs = this.#callTimes(edge).mean - this.serviceTime(service).mean;
    return Number.isNaN(hopMs) ? 0 : Math.max(0, hopMs);
  }

  #callTimes(edge: number): Histogram {
    return this.#merged(({ edges }) => [edges[edge]!.latency, edges[edge]!.latencyFailed]);
  }

  #merged(of: (interval: Interval) => readonly Histogram[]): Histogram {
    const all = new Histogram();
    for (const interval of this.#intervals) for (const each of of(interval)) all.merge(each);
    return all;
  }

  #sum(of: (interval: Interval) => number): number {
    let sum = 0;
    for (const interval of this.#intervals) sum += of(interval);
    return sum;
  }
}
