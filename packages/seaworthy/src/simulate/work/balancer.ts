import type { RandomStream } from '@seaworthy/policy/engine';

import type { ReplicaRuntime } from './replica.ts';
import type { ServiceRuntime } from './service.ts';

/**
 * Chooses the replica for an attempt among the endpoints of its service. In-flight means what
 * callers have outstanding there, as a balancer before the service sees it.
 */
export class Balancer {
  private readonly service: ServiceRuntime;
  private readonly random: RandomStream;
  private next = 0;

  constructor(service: ServiceRuntime, random: RandomStream) {
    this.service = service;
    this.random = random;
  }

  /** Undefined: there is none to choose. */
  choose(): ReplicaRuntime | undefined {
    const { endpoints } = this.service;
    return endpoints.length <= 1 ? endpoints[0] : this.among(endpoints);
  }

  private among(endpoints: readonly ReplicaRuntime[]): ReplicaRuntime {
    switch (this.service.model.balance) {
      case 'round-robin':
        return this.inTurn(endpoints);
      case 'random':
        return this.drawn(endpoints);
      case 'least-in-flight':
        return this.least(endpoints);
      case 'two-choices':
        return better(this.drawn(endpoints), this.drawn(endpoints));
    }
  }

  private drawn(endpoints: readonly ReplicaRuntime[]): ReplicaRuntime {
    return endpoints[Math.floor(this.random.next() * endpoints.length)]!;
  }

  /** Replicas may have come and gone since the last turn. */
  private inTurn(endpoints: readonly ReplicaRuntime[]): ReplicaRuntime {
    const turn = this.next < endpoints.length ? this.next : 0;
    this.next = turn + 1;
    return endpoints[turn]!;
  }

  /** Starts to look after the one chosen last, so that idle replicas take turns. */
  private least(endpoints: readonly ReplicaRuntime[]): ReplicaRuntime {
    let turn = this.next;
    let best = endpoints[turn % endpoints.length]!;
    for (let offset = 0; offset < endpoints.length; offset++) {
      const at = (this.next + offset) % endpoints.length;
      const replica = endpoints[at]!;
      if (replica.outstanding >= best.outstanding) continue;
      best = replica;
      turn = at;
    }
    this.next = (turn % endpoints.length) + 1;
    return best;
  }
}

function better(one: ReplicaRuntime, other: ReplicaRuntime): ReplicaRuntime {
  return other.outstanding < one.outstanding ? other : one;
}
