import { type RandomStream, Reason } from '@seaworthy/policy/engine';

import { NS_PER_MS, Sampler } from '../../model/chance/sampler.ts';
import type { DrawnAhead } from '../../model/chance/drawn-ahead.ts';
import { exponential } from '../../model/chance/ziggurat.ts';
import type { Edge } from '../../model/model.ts';
import { FaultState } from './replica.ts';
import { doubleZero } from '../../signals/double-zero.ts';

// V8 compiles in what a module names for itself; what is imported it looks up each time.
const { none } = Reason;

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

/** A lost SYN is sent again after a second (RFC 6298, section 2.1), then after twice that. */
const SYN_RETRANSMIT_NS = 1000 * NS_PER_MS;

/** A resolver that gets no answer asks again after this time (`timeout` in resolv.conf(5)). */
const RESOLVER_TIMEOUT_NS = 5000 * NS_PER_MS;

/** A connection that cannot be opened, for its name is not found. */
export const NOT_FOUND = -1;

/** An attempt that vanishes without a trace: no reason that a caller could be told. */
export const LOST = -1;

/** The network of one edge: how long a message takes, one way. */
export class Network {
  readonly faults = new FaultState();
  /** Some attempts have to open a connection. */
  readonly opens: boolean;
  /** How long each message takes in calm times; -1 when that varies. */
  private readonly calmNs: number;
  /** Of a message that is not delayed; -1 when it varies. */
  private readonly steadyNs: number;
  private readonly latency: DrawnAhead;
  private readonly loss: number;
  private readonly lossChance: RandomStream;
  private readonly connections: Edge['network']['connections'];
  private readonly connectChance: RandomStream;
  private readonly spells: Edge['network']['spells'];
  private readonly spellChance: RandomStream;
  private slow = true;
  private turnsAtNs: number = doubleZero;

  constructor(
    model: Edge['network'],
    latencyChance: RandomStream,
    lossChance: RandomStream,
    connectChance: RandomStream,
    spellChance: RandomStream,
  ) {
    const latency = new Sampler(model.latency, latencyChance);
    this.steadyNs = latency.constantNs;
    this.latency = latency.ahead();
    this.loss = model.loss;
    this.lossChance = lossChance;
    this.connections = model.connections;
    this.opens = model.connections !== undefined;
    this.connectChance = connectChance;
    this.spells = model.spells;
    this.spellChance = spellChance;
    const isSteady = model.loss === 0 && model.spells === undefined;
    this.calmNs = isSteady ? this.steadyNs : -1;
  }

  /**
   * The time until there is a connection for an attempt: a name lookup and a handshake, for those
   * that have to open one. {@link NOT_FOUND} where the lookup fails.
   */
  connectNs(service: FaultState, nowNs: number): number {
    const { share, dnsSlow, dnsFails } = this.connections!;
    const chance = this.connectChance;
    if (chance.next() >= share) return 0;
    const lookup = chance.next();
    if (lookup < dnsFails) return NOT_FOUND;
    const lookupNs = lookup < dnsFails + dnsSlow ? RESOLVER_TIMEOUT_NS : 0;
    // The SYN one way, its answer the other.
    return (
      lookupNs +
      this.travelNs(service, SYN_RETRANSMIT_NS, nowNs) +
      this.travelNs(service, SYN_RETRANSMIT_NS, nowNs)
    );
  }

  /** In whole nanoseconds. `service` are the faults of the replica at the other end. */
  messageNs(service: FaultState, nowNs: number): number {
    if (this.calmNs >= 0 && this.faults.calm === true && service.calm === true) return this.calmNs;
    return this.travelNs(service, RETRANSMIT_NS, nowNs);
  }

  private travelNs(service: FaultState, retransmitNs: number, nowNs: number): number {
    const { steadyNs } = this;
    let latencyNs = steadyNs >= 0 ? steadyNs : Math.round(this.latency.next());
    if (this.spells !== undefined && this.isSlow(nowNs)) {
      latencyNs = Math.round(latencyNs * this.spells.factor);
    }
    if (this.faults.calm === true && service.calm === true && this.loss === 0) return latencyNs;
    const { slowFactor, slowAddsNs } = this.faults;
    const loss = 1 - (1 - this.loss) * (1 - this.faults.lossShare) * (1 - service.lossShare);
    return Math.round(latencyNs * slowFactor + slowAddsNs) + this.retransmitNs(loss, retransmitNs);
  }

  /**
   * What faults do to an attempt before it reaches its replica: nothing (`Reason.none`), the reason
   * that it is answered with on the way, or {@link LOST}.
   */
  fate(service: FaultState): Reason | typeof LOST {
    return this.faults.calm === true && service.calm === true ? none : this.fateInFault(service);
  }

  private fateInFault(service: FaultState): Reason | typeof LOST {
    const { faults } = this;
    if (this.happens(faults.blackholeShare) || this.happens(service.blackholeShare)) return LOST;
    if (this.happens(faults.resetShare) || this.happens(service.resetShare)) return Reason.reset;
    return this.happens(faults.failShare) ? Reason.error : none;
  }

  /** Whether something with this probability happens to a message. */
  private happens(share: number): boolean {
    return share > 0 && this.lossChance.next() < share;
  }

  /** Whether a slow spell goes on; time does not go back. */
  private isSlow(nowNs: number): boolean {
    const { everyMs, forMs } = this.spells!;
    while (nowNs >= this.turnsAtNs) {
      this.slow = !this.slow;
      const meanMs = this.slow ? forMs : everyMs;
      this.turnsAtNs += meanMs * NS_PER_MS * exponential(this.spellChance);
    }
    return this.slow;
  }

  private retransmitNs(loss: number, firstNs: number): number {
    let delayNs = 0;
    let timeoutNs = firstNs;
    for (let lost = 0; lost < RETRANSMITS_MAX && this.happens(loss); lost++) {
      delayNs += timeoutNs;
      timeoutNs *= 2;
    }
    return delayNs;
  }
}
