import { Histogram } from '../../signals/histogram.ts';

/**
 * Thousands of histograms in two arrays: an array each would take longer to send than what is in it
 * took to count.
 */
export interface PackedHistograms {
  /** Of each histogram nine in a row: see `add`. */
  readonly numbers: Float64Array;
  /** The buckets of all. */
  readonly bytes: Uint8Array;
}

/** Puts histograms into the two arrays. */
export class HistogramPacker {
  readonly #numbers: number[] = [];
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** The place of this one: what `histogramAt` is to be given. */
  add(histogram: Histogram): number {
    const { count, sum, min, max, zeros, lowest, highest, packed } = histogram.toPacked();
    const place = this.#numbers.length;
    const begin = this.#length;
    this.#length += packed.length;
    this.#parts.push(packed);
    this.#numbers.push(count, sum, min, max, zeros, lowest, highest, begin, this.#length);
    return place;
  }

  finish(): PackedHistograms {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return { numbers: Float64Array.from(this.#numbers), bytes };
  }
}

/** The histogram that was put there. */
export function histogramAt({ numbers, bytes }: PackedHistograms, place: number): Histogram {
  const at = (field: number): number => numbers[place + field]!;
  return Histogram.fromPacked({
    count: at(0),
    sum: at(1),
    min: at(2),
    max: at(3),
    zeros: at(4),
    lowest: at(5),
    highest: at(6),
    packed: bytes.subarray(at(7), at(8)),
  });
}
