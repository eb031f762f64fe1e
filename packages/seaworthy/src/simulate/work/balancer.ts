import type { RandomStream } from '@seaworthy/policy';

import type { ReplicaRuntime } from './replica.ts';
import type { ServiceRuntime } from './service.ts';

/**
 * Chooses the replica for an attempt among those that are up. In-flight means what callers have
 * outstanding there, as a balancer before the service sees it.
 */
export class Balancer {
  readonly #service: ServiceRuntime;
  readonly #random: RandomStream;
  #next = 0;

  constructor(service: ServiceRuntime, random: RandomStream) {
    this.#service = service;
    this.#random = random;
  }

  /** Undefined: no replica is up. */
  choose(): ReplicaRuntime | undefined {
    const { replicas, model } = this.#service;
    if (replicas.length === 1) return replicas[0]!.up ? replicas[0] : undefined;
    switch (model.balance) {
      case 'round-robin':
        return this.#from(this.#next);
      case 'random':
        return this.#from(this.#draw());
      case 'least-in-flight':
        return this.#least();
      case 'two-choices':
        return this.#better(this.#from(this.#draw()), this.#from(this.#draw()));
    }
  }

  #draw(): number {
    return Math.floor(this.#random.next() * this.#service.replicas.length);
  }

  /** The first that is up, from there on, round the ring. */
  #from(start: number): ReplicaRuntime | undefined {
    const { replicas } = this.#service;
    for (let offset = 0; offset < replicas.length; offset++) {
      const number = (start + offset) % replicas.length;
      if (!replicas[number]!.up) continue;
      this.#next = number + 1;
      return replicas[number];
    }
    return undefined;
  }

  /** Starts to look after the one chosen last, so that idle replicas take turns. */
  #least(): ReplicaRuntime | undefined {
    const { replicas } = this.#service;
    let best: ReplicaRuntime | undefined;
    for (let offset = 0; offset < replicas.length; offset++) {
      const replica = replicas[(this.#next + offset) % replicas.length]!;
      if (!replica.up) continue;
      if (best === undefined || replica.outstanding < best.outstanding) best = replica;
    }
    if (best !== undefined) this.#next = best.number + 1;
    return best;
  }

  #better(
    one: ReplicaRuntime | undefined,
    other: ReplicaRuntime | undefined,
  ): ReplicaRuntime | undefined {
    if (one === undefined || other === undefined) return one ?? other;
    return other.outstanding < one.outstanding ? other : one;
  }
}
