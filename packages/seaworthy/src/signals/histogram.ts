import { BucketCounts, type PackedCounts } from './bucket-counts.ts';
import { BUCKETS, bucketOf, isOrdinary, middleOf } from './histogram-buckets.ts';

/**
 * How often which times occurred, in bounded memory, with a relative error of at most 0.4 %.
 *
 * Values are milliseconds from 0. What is below a nanosecond counts as 0 (but `min` is exact), what
 * is above 1e10 ms counts as that (but `max` is exact). Log-linear buckets after HdrHistogram (Gil
 * Tene): see histogram-buckets.ts. Histograms are merged by adding their counts, so that the one of
 * a long time is made of those of short times.
 */
export class Histogram {
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = 0;
  #buckets = new BucketCounts();

  /** How many values have been recorded. */
  get count(): number {
    return this.#count;
  }

  /** The sum of the values themselves, not of their buckets. */
  get sum(): number {
    return this.#sum;
  }

  /** The mean of the values themselves; NaN when empty. */
  get mean(): number {
    return this.#count > 0 ? this.#sum / this.#count : Number.NaN;
  }

  /** The mean squared distance from the mean, of the middles of the buckets; NaN when empty. */
  get variance(): number {
    const { mean } = this;
    let squares = 0;
    this.#buckets.each((bucket, count) => {
      squares += count * (middleOf(bucket) - mean) ** 2;
    });
    return squares / this.#count;
  }

  /** The smallest value, exactly; NaN when empty. */
  get min(): number {
    return this.#count > 0 ? this.#min : Number.NaN;
  }

  /** The largest value, exactly; NaN when empty. */
  get max(): number {
    return this.#count > 0 ? this.#max : Number.NaN;
  }

  /**
   * Counts one value.
   *
   * @throws RangeError when it is negative or not finite.
   */
  record(valueMs: number): void {
    this.recordMany(valueMs, 1);
  }

  /**
   * Counts a value several times.
   *
   * @throws RangeError when the value is negative or not finite, or the times are not a whole
   * number from 0.
   */
  recordMany(valueMs: number, times: number): void {
    if (!(Number.isSafeInteger(times) && times >= 0)) {
      throw new RangeError(`a value is recorded a whole number of times, not ${times}`);
    }
    const bucket = bucketOf(valueMs);
    if (times === 0) return;
    this.#buckets.add(bucket, times);
    this.#count += times;
    this.#sum += valueMs * times;
    if (valueMs < this.#min) this.#min = valueMs;
    if (valueMs > this.#max) this.#max = valueMs;
  }

  /**
   * Counts the first `count` of these values, in order, as {@link Histogram.record} does; `bits` are
   * theirs.
   *
   * @throws RangeError when one of them is negative or not finite.
   */
  recordAll(values: Float64Array, bits: Uint32Array, count: number): void {
    if (count === 0) return;
    let sum = this.#sum;
    let min = Infinity;
    let max = 0;
    for (let at = 0; at < count; at++) {
      const valueMs = values[at]!;
      sum += valueMs;
      if (valueMs < min) min = valueMs;
      if (valueMs > max) max = valueMs;
    }
    // Of what is no number there is no sum.
    if (!isOrdinary(min, max) || Number.isNaN(sum)) {
      for (const valueMs of values.subarray(0, count)) this.record(valueMs);
      return;
    }
    this.#buckets.addEach(bits, count, min, max);
    this.#count += count;
    this.#sum = sum;
    if (min < this.#min) this.#min = min;
    if (max > this.#max) this.#max = max;
  }

  /** Adds what another histogram has counted; the other stays as it is. */
  merge(other: Histogram): void {
    this.#buckets.addAll(other.#buckets);
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /**
   * Forgets everything, and keeps the memory: takes as long as the range of buckets in use is wide.
   */
  reset(): void {
    this.#buckets.clear();
    this.#count = 0;
    this.#sum = 0;
    this.#min = Infinity;
    this.#max = 0;
  }

  /**
   * The same, apart from this one, in as little memory as it takes: about two bytes a bucket in
   * use.
   */
  copy(): Histogram {
    return Histogram.fromPacked(this.toPacked());
  }

  /**
   * The value that the share `q` of the values does not exceed, by the nearest rank:
   * `quantile(0.99)` of 1,000 values is the 990th smallest. At most 0.4 % off; exact for the
   * smallest and the largest value; NaN when empty.
   *
   * @throws RangeError when `q` is not from 0 to 1.
   */
  quantile(q: number): number {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile is a share from 0 to 1, not ${q}`);
    if (this.#count === 0) return Number.NaN;
    // 0.07 * 100 is a little more than 7: the product is off by one unit in the last place, or two.
    const rank = Math.ceil(q * this.#count * (1 - 2 * Number.EPSILON));
    if (rank <= 1) return this.#min;
    if (rank >= this.#count) return this.#max;
    let passed = 0;
    let found = -1;
    this.#buckets.each((bucket, count) => {
      if (found < 0 && passed + count >= rank) found = bucket;
      passed += count;
    });
    return Math.min(Math.max(middleOf(found), this.#min), this.#max);
  }

  /** How many values are larger. Those in the same bucket, at most 0.8 % apart, count as equal. */
  countAbove(valueMs: number): number {
    if (valueMs < this.#min) return this.#count;
    const limit = valueMs === Infinity ? BUCKETS : bucketOf(valueMs);
    let above = 0;
    this.#buckets.each((bucket, count) => {
      if (bucket > limit) above += count;
    });
    return above;
  }

  /** All that it is, for the way to another thread. */
  toPacked(): PackedHistogram {
    const [count, sum, min, max] = [this.#count, this.#sum, this.#min, this.#max];
    return { count, sum, min, max, ...this.#buckets.toPacked() };
  }

  /** Back from what {@link Histogram.toPacked} gave, whose bytes it keeps. */
  static fromPacked(packed: PackedHistogram): Histogram {
    const histogram = new Histogram();
    histogram.#buckets = BucketCounts.fromPacked(packed);
    histogram.#count = packed.count;
    histogram.#sum = packed.sum;
    histogram.#min = packed.min;
    histogram.#max = packed.max;
    return histogram;
  }

  /**
   * As plain numbers: sum, min, max, and for each bucket that is not empty its distance from the
   * one before (the first: from bucket 0) and its count. `[]` when empty.
   */
  toSparse(): number[] {
    if (this.#count === 0) return [];
    const numbers = [this.#sum, this.#min, this.#max];
    let before = 0;
    this.#buckets.each((bucket, count) => {
      numbers.push(bucket - before, count);
      before = bucket;
    });
    return numbers;
  }

  /**
   * Back from what {@link Histogram.toSparse} gave.
   *
   * @throws RangeError that says what is wrong, when it did not come from there.
   */
  static fromSparse(numbers: SparseNumbers): Histogram {
    const histogram = new Histogram();
    if (numbers.length === 0) return histogram;
    const buckets = new BucketCounts();
    // The highest first: the memory then grows once, and not octave by octave.
    buckets.add(checkSparse(numbers), 0);
    let bucket = 0;
    for (let at = 3; at < numbers.length; at += 2) {
      bucket += numbers[at]!;
      buckets.add(bucket, numbers[at + 1]!);
      histogram.#count += numbers[at + 1]!;
    }
    [histogram.#sum, histogram.#min, histogram.#max] = firstThree(numbers);
    // Whoever reads a record keeps thousands of them, and writes to none.
    histogram.#buckets = buckets.packedCopy();
    return histogram;
  }
}

/** All that a histogram is: min and max as they are kept, Infinity and 0 when it is empty. */
export interface PackedHistogram extends PackedCounts {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** What `toSparse` gave, or the same numbers in a typed array. */
type SparseNumbers = ArrayLike<number>;

function firstThree(numbers: SparseNumbers): [number, number, number] {
  return [numbers[0]!, numbers[1]!, numbers[2]!];
}

/** The highest bucket. */
function checkSparse(numbers: SparseNumbers): number {
  const [sum, min, max] = firstThree(numbers);
  if (numbers.length < 5 || numbers.length % 2 === 0) {
    throw new RangeError(`a histogram is 3 numbers and pairs of numbers, not ${numbers.length}`);
  }
  if (!(min >= 0 && max >= min && max < Infinity && sum >= 0 && sum < Infinity)) {
    throw new RangeError(`no histogram has sum ${sum}, min ${min} and max ${max}`);
  }
  let bucket = 0;
  let total = 0;
  for (let at = 3; at < numbers.length; at += 2) {
    const distance = numbers[at]!;
    const count = numbers[at + 1]!;
    const least = at === 3 ? 0 : 1;
    if (!(Number.isSafeInteger(distance) && distance >= least)) {
      throw new RangeError(`no bucket of a histogram is ${distance} from the one before`);
    }
    if (!(Number.isSafeInteger(count) && count >= 1)) {
      throw new RangeError(`no bucket of a histogram counts ${count}`);
    }
    bucket += distance;
    total += count;
    if (bucket >= BUCKETS) throw new RangeError(`a histogram has no bucket ${bucket}`);
  }
  if (!Number.isSafeInteger(total)) throw new RangeError(`no histogram counts ${total}`);
  return bucket;
}
