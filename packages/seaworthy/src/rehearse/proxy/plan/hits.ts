import type { Direction } from '../fault.ts';
import type { Exchange } from '../http/exchange.ts';
import type { ActiveFault } from './active-fault.ts';
import { type Hit, noHits } from './hit.ts';

/** What faults have hit of one connection: the whole of it, and the requests that are open. */
export class Hits {
  readonly #own = noHits();
  readonly #all = new Set<Hit>();

  /** What works on bytes that go this way. */
  on(direction: Direction, exchange: Exchange | undefined): readonly Hit[] {
    const own = this.#own[direction];
    const ofExchange = exchange?.hits?.[direction];
    if (ofExchange === undefined || ofExchange.length === 0) return own;
    return [...own, ...ofExchange];
  }

  /** Those of a fault. */
  of(fault: ActiveFault): Hit[] {
    return [...this.#all].filter((hit) => hit.fault === fault);
  }

  add(hit: Hit): void {
    const { exchange, fault } = hit;
    const hits = exchange === undefined ? this.#own : (exchange.hits ??= noHits());
    if (fault.worksOn('upstream')) hits.upstream.push(hit);
    if (fault.worksOn('downstream')) hits.downstream.push(hit);
    this.#all.add(hit);
  }

  forget(hit: Hit): void {
    hit.stop();
    this.#all.delete(hit);
    const { upstream, downstream } = hit.exchange?.hits ?? this.#own;
    remove(hit, upstream);
    remove(hit, downstream);
  }

  /** The request has ended. */
  release(exchange: Exchange): void {
    if (exchange.hits === undefined) return;
    for (const hit of this.#all) if (hit.exchange === exchange) this.forget(hit);
  }

  /** Nothing that was to happen later happens. */
  stop(): void {
    for (const hit of this.#all) hit.stop();
  }

  clear(): void {
    this.#all.clear();
  }
}

function remove<T>(item: T, from: T[]): void {
  const at = from.indexOf(item);
  if (at >= 0) from.splice(at, 1);
}
