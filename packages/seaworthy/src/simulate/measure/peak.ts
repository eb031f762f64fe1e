import { NS_PER_MS } from '../../model/chance/sampler.ts';

/** What happens within a tenth of a second hits a callee at once. */
const SLICE_NS = 100 * NS_PER_MS;

/** How many of something there were, and the most of them in one tenth of a second. */
export class Peak {
  #count = 0;
  #inSlice = 0;
  #sliceEndNs = 0;
  #max = 0;

  add(nowNs: number): void {
    if (nowNs >= this.#sliceEndNs) {
      this.#sliceEndNs = (Math.floor(nowNs / SLICE_NS) + 1) * SLICE_NS;
      this.#inSlice = 0;
    }
    this.#count++;
    this.#inSlice++;
    if (this.#inSlice > this.#max) this.#max = this.#inSlice;
  }

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  /** Intervals end with a slice. */
  reset(): void {
    this.#count = 0;
    this.#inSlice = 0;
    this.#max = 0;
  }
}
