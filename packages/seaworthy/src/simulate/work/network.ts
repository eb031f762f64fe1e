import type { RandomStream } from '@seaworthy/policy';

import { NS_PER_MS, Sampler } from '../chance/sampler.ts';
import type { Edge } from '../../model/model.ts';
import { FaultState } from './replica.ts';

/**
 * The first retransmission of a lost segment comes after Linux's shortest timeout (TCP_RTO_MIN),
 * each later one after twice the time.
 */
const RETRANSMIT_NS = 200 * NS_PER_MS;

/**
 * Linux gives up a connection after 15 retransmissions (tcp_retries2); ten already take more than
 * three minutes.
 */
const RETRANSMITS_MAX = 10;

/** The network of one edge: how long a message takes, one way. */
export class Network {
  readonly faults = new FaultState();
  readonly #latency: Sampler;
  readonly #loss: number;
  readonly #lossChance: RandomStream;

  constructor(model: Edge['network'], latencyChance: RandomStream, lossChance: RandomStream) {
    this.#latency = new Sampler(model.latency, latencyChance);
    this.#loss = model.loss;
    this.#lossChance = lossChance;
  }

  /** In whole nanoseconds. `service` are the faults of the replica at the other end. */
  messageNs(service: FaultState): number {
    const constantNs = this.#latency.constantNs;
    const latencyNs = constantNs >= 0 ? constantNs : Math.round(this.#latency.next());
    if (this.faults.calm && service.calm && this.#loss === 0) return latencyNs;
    const { slowFactor, slowAddsNs } = this.faults;
    const loss = 1 - (1 - this.#loss) * (1 - this.faults.lossShare) * (1 - service.lossShare);
    return Math.round(latencyNs * slowFactor + slowAddsNs) + this.#retransmitNs(loss);
  }

  /** Whether something with this probability happens to a message. */
  happens(share: number): boolean {
    return share > 0 && this.#lossChance.next() < share;
  }

  #retransmitNs(loss: number): number {
    let delayNs = 0;
    let timeoutNs = RETRANSMIT_NS;
    for (let lost = 0; lost < RETRANSMITS_MAX && this.happens(loss); lost++) {
      delayNs += timeoutNs;
      timeoutNs *= 2;
    }
    return delayNs;
  }
}
