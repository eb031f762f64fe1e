import {
  BUCKETS,
  BUCKETS_PER_OCTAVE,
  bucketOf,
  bucketWithin,
  LEAST_MS,
  middleOf,
  MOST_MS,
} from './histogram-buckets.ts';
import { eachPackedBucket, packBuckets, type PackedBuckets } from './packed-buckets.ts';

/**
 * How often which times occurred, in bounded memory, with a relative error of at most 0.4 %.
 *
 * Values are milliseconds from 0. What is below a nanosecond counts as 0 (but `min` is exact), what is above 1e10 ms
 * counts as that (but `max` is exact). Log-linear buckets after HdrHistogram (Gil Tene): see histogram-buckets.ts.
 * Histograms are merged by adding their counts, so that the one of a long time is made of those of short times.
 */
export class Histogram {
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = 0;
  /** Bucket 0 has its own count: so the array need not reach from there to the first bucket in use. */
  #zeros = 0;
  /** The counts of the buckets from `#first` on, as far as they have been used, in whole octaves. */
  #counts = NONE;
  #first = 1;
  /** The lowest and highest bucket that is not empty, but for bucket 0: `reset` clears no more than these. */
  #lowest = BUCKETS;
  #highest = 0;
  /** The counts of a copy, until it is written to; then `#counts` is empty. */
  #packed: PackedBuckets | undefined;

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
    // Written out, not `recordMany(valueMs, 1)`: the simulator comes here several times for each call.
    const inRange = valueMs >= LEAST_MS && valueMs < MOST_MS;
    const bucket = inRange ? bucketWithin(valueMs) : bucketOf(valueMs);
    const at = bucket - this.#first;
    if (at >= 0 && at < this.#counts.length) {
      this.#counts[at]!++;
      if (bucket < this.#lowest) this.#lowest = bucket;
      if (bucket > this.#highest) this.#highest = bucket;
    } else {
      this.#add(bucket, 1);
    }
    this.#count++;
    this.#sum += valueMs;
    if (valueMs < this.#min) this.#min = valueMs;
    if (valueMs > this.#max) this.#max = valueMs;
  }

  /**
   * Counts a value several times.
   *
   * @throws RangeError when the value is negative or not finite, or the times are not a whole number from 0.
   */
  recordMany(valueMs: number, times: number): void {
    if (!(Number.isSafeInteger(times) && times >= 0)) {
      throw new RangeError(`a value is recorded a whole number of times, not ${times}`);
    }
    const bucket = bucketOf(valueMs);
    if (times === 0) return;
    this.#add(bucket, times);
    this.#count += times;
    this.#sum += valueMs * times;
    this.#min = Math.min(this.#min, valueMs);
    this.#max = Math.max(this.#max, valueMs);
  }

  /** Adds what another histogram has counted; the other stays as it is. */
  merge(other: Histogram): void {
    // Itself: its buckets would change while they are read.
    const source = other === this ? other.copy() : other;
    source.#eachBucket((bucket, count) => this.#add(bucket, count));
    this.#count += source.#count;
    this.#sum += source.#sum;
    this.#min = Math.min(this.#min, source.#min);
    this.#max = Math.max(this.#max, source.#max);
  }

  /** Forgets everything, and keeps the memory: takes as long as the range of buckets in use is wide. */
  reset(): void {
    if (this.#highest > 0) {
      this.#counts.fill(0, this.#lowest - this.#first, this.#highest - this.#first + 1);
    }
    this.#lowest = BUCKETS;
    this.#highest = 0;
    this.#zeros = 0;
    this.#packed = undefined;
    this.#count = 0;
    this.#sum = 0;
    this.#min = Infinity;
    this.#max = 0;
  }

  /** The same, apart from this one, in as little memory as it takes: about two bytes a bucket in use. */
  copy(): Histogram {
    const copy = new Histogram();
    if (this.#packed !== undefined) {
      copy.#packed = this.#packed;
    } else if (this.#highest > 0) {
      const from = this.#lowest - this.#first;
      const used = this.#counts.subarray(from, this.#highest - this.#first + 1);
      copy.#packed = packBuckets(used, this.#lowest);
    }
    copy.#zeros = this.#zeros;
    copy.#count = this.#count;
    copy.#sum = this.#sum;
    copy.#min = this.#min;
    copy.#max = this.#max;
    return copy;
  }

  /**
   * The value that the share `q` of the values does not exceed, by the nearest rank: `quantile(0.99)` of 1,000 values
   * is the 990th smallest. At most 0.4 % off; exact for the smallest and the largest value; NaN when empty.
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
    this.#eachBucket((bucket, count) => {
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
    this.#eachBucket((bucket, count) => {
      if (bucket > limit) above += count;
    });
    return above;
  }

  /**
   * As plain numbers: sum, min, max, and for each bucket that is not empty its distance from the one before (the
   * first: from bucket 0) and its count. `[]` when empty.
   */
  toSparse(): number[] {
    if (this.#count === 0) return [];
    const numbers = [this.#sum, this.#min, this.#max];
    let before = 0;
    this.#eachBucket((bucket, count) => {
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
  static fromSparse(numbers: readonly number[]): Histogram {
    const histogram = new Histogram();
    if (numbers.length === 0) return histogram;
    checkSparse(numbers);
    let bucket = 0;
    for (let at = 3; at < numbers.length; at += 2) {
      bucket += numbers[at]!;
      histogram.#add(bucket, numbers[at + 1]!);
      histogram.#count += numbers[at + 1]!;
    }
    [histogram.#sum, histogram.#min, histogram.#max] = numbers as [number, number, number];
    // Whoever reads a record keeps thousands of them, and writes to none.
    return histogram.copy();
  }

  #eachBucket(visit: (bucket: number, count: number) => void): void {
    if (this.#zeros > 0) visit(0, this.#zeros);
    if (this.#packed !== undefined) eachPackedBucket(this.#packed, visit);
    for (let bucket = this.#lowest; bucket <= this.#highest; bucket++) {
      const count = this.#counts[bucket - this.#first]!;
      if (count > 0) visit(bucket, count);
    }
  }

  #add(bucket: number, count: number): void {
    if (bucket === 0) {
      this.#zeros += count;
      return;
    }
    if (bucket < this.#first || bucket >= this.#first + this.#counts.length) this.#reach(bucket);
    this.#counts[bucket - this.#first]! += count;
    if (bucket < this.#lowest) this.#lowest = bucket;
    if (bucket > this.#highest) this.#highest = bucket;
  }

  /** Makes the array long enough for a bucket, in whole octaves, so that it grows at most 54 times. */
  #reach(bucket: number): void {
    const octaveBegin = bucket - ((bucket - 1) % BUCKETS_PER_OCTAVE);
    const octaveEnd = octaveBegin + BUCKETS_PER_OCTAVE;
    const empty = this.#counts.length === 0;
    const begin = empty ? octaveBegin : Math.min(this.#first, octaveBegin);
    const end = empty ? octaveEnd : Math.max(this.#first + this.#counts.length, octaveEnd);
    const longer = new Float64Array(end - begin);
    longer.set(this.#counts, empty ? 0 : this.#first - begin);
    this.#counts = longer;
    this.#first = begin;
    const packed = this.#packed;
    this.#packed = undefined;
    if (packed !== undefined) eachPackedBucket(packed, (at, count) => this.#add(at, count));
  }
}

/** What every histogram begins with: no buckets at all. */
const NONE = new Float64Array(0);

function checkSparse(numbers: readonly number[]): void {
  const [sum, min, max] = numbers as [number, number, number];
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
}
