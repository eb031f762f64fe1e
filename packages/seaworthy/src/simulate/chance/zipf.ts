import { exp, log, type RandomStream } from '@seaworthy/policy/engine';

/*
 * Zipf variates by rejection-inversion: W. Hörmann, G. Derflinger, "Rejection-inversion to generate
 * variates from monotone discrete distributions", ACM TOMACS 6(3), 1996. Two or three logarithms a
 * draw whatever the number of keys, and no table of them; the elementary functions of the policy
 * core give the same bits on every engine.
 */

/** Below this, (e^x − 1) / x and log(1 + x) / x cancel: their series have all digits. */
const SMALL = 1e-3;

/** (e^x − 1) / x. */
function exponentialRatio(x: number): number {
  if (Math.abs(x) > SMALL) return (exp(x) - 1) / x;
  return 1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x / 120)));
}

/** log(1 + x) / x. */
function logarithmRatio(x: number): number {
  if (Math.abs(x) > SMALL) return log(1 + x) / x;
  return 1 - x * (1 / 2 - x * (1 / 3 - x * (1 / 4 - x / 5)));
}

/** Draws k from 0 to count − 1, in proportion to 1 / (k + 1)^exponent. 0: all alike. */
export class ZipfSampler {
  readonly #random: RandomStream;
  readonly #count: number;
  readonly #exponent: number;
  /** The integral of the hat, from before the first to after the last. */
  readonly #first: number;
  readonly #last: number;
  /** So near to the middle of its cell a point is accepted at once. */
  readonly #near: number;

  constructor(count: number, exponent: number, random: RandomStream) {
    this.#random = random;
    this.#count = count;
    this.#exponent = exponent;
    this.#first = this.#integral(1.5) - 1;
    this.#last = this.#integral(count + 0.5);
    this.#near = 2 - this.#inverse(this.#integral(2.5) - this.#density(2));
  }

  next(): number {
    for (;;) {
      const u = this.#last + this.#random.next() * (this.#first - this.#last);
      const x = this.#inverse(u);
      const k = Math.min(this.#count, Math.max(1, Math.floor(x + 0.5)));
      if (k - x <= this.#near || u >= this.#integral(k + 0.5) - this.#density(k)) return k - 1;
    }
  }

  /** x^−exponent. */
  #density(x: number): number {
    return exp(-this.#exponent * log(x));
  }

  /** An integral of the density: (x^(1 − exponent) − 1) / (1 − exponent), and log x for 1. */
  #integral(x: number): number {
    const logarithm = log(x);
    return exponentialRatio((1 - this.#exponent) * logarithm) * logarithm;
  }

  #inverse(y: number): number {
    // Rounding can bring it below −1, where there is no logarithm.
    const t = Math.max(-1, y * (1 - this.#exponent));
    return exp(logarithmRatio(t) * y);
  }
}
