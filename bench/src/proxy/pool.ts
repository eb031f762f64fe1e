import type { RandomStream } from '@seaworthy/policy/engine';

/** The values of all turns together, in order, each with the turn that it is of. */
export class Pool {
  readonly #values: Float64Array;
  readonly #turnOf: Uint32Array;

  constructor(turns: readonly (readonly number[])[]) {
    const all = turns.flatMap((values, turn) => values.map((value) => ({ value, turn })));
    all.sort((left, right) => left.value - right.value);
    this.#values = Float64Array.from(all, ({ value }) => value);
    this.#turnOf = Uint32Array.from(all, ({ turn }) => turn);
  }

  /**
   * By the nearest rank.
   *
   * @param counts How often each turn counts.
   */
  quantile(share: number, counts: Uint32Array): number {
    let total = 0;
    for (const turn of this.#turnOf) total += counts[turn]!;
    const rank = Math.ceil(share * total);
    let passed = 0;
    let at = -1;
    while (passed < rank) passed += counts[this.#turnOf[++at]!]!;
    return this.#values[at]!;
  }
}

/** An estimate, and the interval that holds it with 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 400;

/**
 * What the turns say, and how far other turns might have said otherwise: the bootstrap (Efron 1979,
 * percentiles), which draws whole turns, because what disturbs one request disturbs its neighbours
 * and the other candidates of its turn.
 */
export function estimate(
  turns: number,
  random: RandomStream,
  of: (counts: Uint32Array) => number,
): Estimate {
  const values = Array.from({ length: resamples }, () => {
    const counts = new Uint32Array(turns);
    for (let draw = 0; draw < turns; draw++) counts[Math.floor(random.next() * turns)]!++;
    return of(counts);
  }).toSorted((left, right) => left - right);
  return {
    value: of(new Uint32Array(turns).fill(1)),
    low: values[Math.floor(0.025 * resamples)]!,
    high: values[Math.ceil(0.975 * resamples) - 1]!,
  };
}
