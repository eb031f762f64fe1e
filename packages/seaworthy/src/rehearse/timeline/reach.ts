import type { Fault, Model } from '../../model/model.ts';
import type { Proxies } from '../proxy/proxies.ts';
import type { FaultSettings } from '../proxy/fault.ts';
import type { FaultReach } from '../validity.ts';

/** How much one fault has to do with, from when it begins to when it ends. */
export class Reach {
  readonly #fault: Fault;
  readonly #names: readonly string[];
  readonly #proxies: Proxies;
  readonly #before: number;
  #touched: number | undefined;
  /** What its proxies were told, where it hits but a share. */
  #drawn: readonly FaultSettings[] = [];
  calm: number | undefined;

  constructor(model: Model, fault: Fault, edges: readonly number[], proxies: Proxies) {
    this.#fault = fault;
    this.#names = edges.map((edge) => model.edges[edge]!.name);
    this.#proxies = proxies;
    this.#before = this.#passed();
  }

  /** It hits a share: those that it hit count, not those that came by. */
  drawnFor(settings: readonly FaultSettings[]): void {
    this.#drawn = settings.filter(({ share }) => share < 1);
  }

  /** It is about to be taken down. */
  end(): void {
    this.#touched ??= this.#drawn.length > 0 ? this.#hits() : this.#passed() - this.#before;
  }

  result(): FaultReach {
    this.end();
    return { text: this.#fault.text, touched: this.#touched!, calm: this.calm };
  }

  /** Requests, answers without HTTP, and connections that led nowhere. */
  #passed(): number {
    let passed = 0;
    for (const name of this.#names) {
      const total = this.#proxies.get(name)?.meter.total();
      if (total !== undefined) passed += total.offered + total.turn.count + total.unreachable;
    }
    return passed;
  }

  #hits(): number {
    let hits = 0;
    for (const name of this.#names) {
      for (const active of this.#proxies.get(name)?.plan ?? []) {
        if (this.#drawn.includes(active.settings)) hits += active.hits;
      }
    }
    return hits;
  }
}
