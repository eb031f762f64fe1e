import type { RandomStream } from '@seaworthy/policy/engine';

/** Which of the requests an arrival is, by their weights. */
export class RequestChoice {
  readonly #chance: RandomStream;
  /** The weights up to and with each. */
  readonly #sums: readonly number[];
  readonly #total: number;

  constructor(weights: readonly number[], chance: RandomStream) {
    this.#chance = chance;
    let sum = 0;
    this.#sums = weights.map((weight) => (sum += weight));
    this.#total = sum;
  }

  /** An index into the weights. */
  next(): number {
    if (this.#sums.length === 1) return 0;
    const point = this.#chance.next() * this.#total;
    const found = this.#sums.findIndex((sum) => point < sum);
    // The product can round up to the total itself.
    return found < 0 ? this.#sums.length - 1 : found;
  }
}
