import type { Random } from './random.ts';

/** Steps after each absorbed word: a changed bit has reached every word of the state by then. */
const stepsPerWord = 4;
/** Steps after the last word, so that the first draws of two neighbouring streams share nothing. */
const stepsAtTheEnd = 16;

/**
 * A stream of random numbers: the generator sfc32 of Chris Doty-Humphrey (PractRand), 128 bits of
 * state, integers of 32 bits only, so that every engine draws the same. Not for secrets.
 */
export class RandomStream implements Random {
  private a: number = 0;
  private b: number = 0;
  private c: number = 0;
  private counter: number = 1;

  /**
   * Prefer {@link stream}. The state is what comes of absorbing these words, each taken modulo
   * 2^32, in turn.
   */
  constructor(words: Iterable<number>) {
    for (const word of words) {
      this.a ^= word;
      this.skip(stepsPerWord);
    }
    this.skip(stepsAtTheEnd);
  }

  /** The next number, uniform over the 2^53 multiples of 2^−53 in [0, 1). */
  next(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** The next integer, uniform in [0, 2^32). */
  nextUint32(): number {
    const a = this.a;
    const b = this.b;
    const c = this.c;
    const counter = this.counter;
    const drawn = (a + b + counter) | 0;
    this.counter = (counter + 1) | 0;
    this.a = b ^ (b >>> 9);
    this.b = (c + (c << 3)) | 0;
    this.c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  }

  private skip(steps: number): void {
    for (let step = 0; step < steps; step++) this.nextUint32();
  }
}

/**
 * The stream for one purpose of one entity: the same three parts always give the same numbers, and
 * any other part gives unrelated ones. So a new service moves no one else's dice, and two variants
 * of a system see the same arrivals.
 *
 * @param seed Any number; all its bits count.
 * @param entity Who draws, such as `payments/2`.
 * @param purpose What for, such as `service time`.
 */
export function stream(seed: number, entity: string, purpose: string): RandomStream {
  return new RandomStream(wordsOf(seed, entity, purpose));
}

/** The lengths are words too, so that ("a", "bc") and ("ab", "c") differ. */
function wordsOf(seed: number, entity: string, purpose: string): number[] {
  const bits = new DataView(new ArrayBuffer(8));
  // Adding 0 turns −0 into 0: the two are one seed.
  bits.setFloat64(0, seed + 0);
  const words = [bits.getUint32(0), bits.getUint32(4), entity.length, purpose.length];
  for (let index = 0; index < entity.length; index++) words.push(entity.charCodeAt(index));
  for (let index = 0; index < purpose.length; index++) words.push(purpose.charCodeAt(index));
  return words;
}
