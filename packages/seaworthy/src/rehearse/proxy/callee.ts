import type { Address } from './address.ts';

/** Where an edge leads: one replica, or several, to which connections are dealt in turn. */
export class Callee {
  /** One for each replica. */
  readonly addresses: readonly Address[];
  #turn = 0;
  readonly #leftOut = new Set<number>();

  constructor(addresses: readonly Address[]) {
    this.addresses = addresses;
  }

  /** New connections do not lead there, as long as there is another replica. */
  leaveOut(replica: number, isOut: boolean): void {
    if (isOut) this.#leftOut.add(replica);
    else this.#leftOut.delete(replica);
  }

  /** The next replica in turn. */
  next(): number {
    const count = this.addresses.length;
    for (let tried = 0; tried < count; tried++) {
      const replica = this.#turn++ % count;
      if (!this.#leftOut.has(replica)) return replica;
    }
    return this.#turn++ % count;
  }
}
