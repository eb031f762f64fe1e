import { bucketOf, BUCKETS, BUCKETS_PER_OCTAVE, countOrdinary } from './histogram-buckets.ts';
import { eachPackedBucket, packBuckets, type PackedBuckets } from './packed-buckets.ts';

/** What every histogram begins with: no counts at all. */
const NONE = new Float64Array(0);

/** All that there is to say of counts, in about two bytes a bucket in use. */
export interface PackedCounts {
  /** The count of bucket 0. */
  readonly zeros: number;
  /** The lowest and the highest of the other buckets in use. */
  readonly lowest: number;
  readonly highest: number;
  /** Of all but bucket 0. */
  readonly packed: PackedBuckets;
}

const NO_BYTES: PackedBuckets = new Uint8Array(0);

/** The counts of the buckets of a histogram, in memory for the range in use. */
export class BucketCounts {
  /** Bucket 0 is far below the others: alone, it does not stretch the array to there. */
  #zeros = 0;
  /** The counts of the buckets from `#first` on, in whole octaves. */
  #counts = NONE;
  #first = 1;
  /**
   * The lowest and the highest bucket in use, but for bucket 0: there is no need to look at the
   * others.
   */
  #lowest = BUCKETS;
  #highest = 0;
  /** What takes the place of `#counts` in a packed copy, until it is added to. */
  #packed: PackedBuckets | undefined;

  add(bucket: number, count: number): void {
    if (bucket === 0) {
      this.#zeros += count;
      return;
    }
    this.#reach(bucket);
    this.#counts[bucket - this.#first]! += count;
    this.#widen(bucket, bucket);
  }

  /** Counts one more in the bucket of each of so many values, which are ordinary. */
  addEach(bits: Uint32Array, values: number, leastMs: number, mostMs: number): void {
    const lowest = bucketOf(leastMs);
    const highest = bucketOf(mostMs);
    this.#reach(lowest);
    this.#reach(highest);
    countOrdinary(bits, values, this.#counts, this.#first);
    this.#widen(lowest, highest);
  }

  addAll(other: BucketCounts): void {
    this.#zeros += other.#zeros;
    if (other.#highest === 0) return;
    this.#reach(other.#lowest);
    this.#reach(other.#highest);
    const counts = this.#counts;
    const first = this.#first;
    other.#eachAboveZero((bucket, count) => {
      counts[bucket - first]! += count;
    });
    this.#widen(other.#lowest, other.#highest);
  }

  /** Keeps the memory: takes as long as the range in use is wide. */
  clear(): void {
    if (this.#highest > 0) {
      this.#counts.fill(0, this.#lowest - this.#first, this.#highest - this.#first + 1);
    }
    this.#zeros = 0;
    this.#lowest = BUCKETS;
    this.#highest = 0;
    this.#packed = undefined;
  }

  /** The same, apart from this one, in about two bytes a bucket in use. */
  packedCopy(): BucketCounts {
    return BucketCounts.fromPacked(this.toPacked());
  }

  toPacked(): PackedCounts {
    return {
      zeros: this.#zeros,
      lowest: this.#lowest,
      highest: this.#highest,
      packed: this.#packed ?? this.#pack(),
    };
  }

  /** Keeps the bytes, and never writes to them. */
  static fromPacked({ zeros, lowest, highest, packed }: PackedCounts): BucketCounts {
    const counts = new BucketCounts();
    counts.#zeros = zeros;
    counts.#lowest = lowest;
    counts.#highest = highest;
    if (packed.length > 0) counts.#packed = packed;
    return counts;
  }

  /** Tells of each bucket in use, in order. */
  each(visit: (bucket: number, count: number) => void): void {
    if (this.#zeros > 0) visit(0, this.#zeros);
    this.#eachAboveZero(visit);
  }

  #eachAboveZero(visit: (bucket: number, count: number) => void): void {
    if (this.#packed !== undefined) {
      eachPackedBucket(this.#packed, visit);
      return;
    }
    for (let bucket = this.#lowest; bucket <= this.#highest; bucket++) {
      const count = this.#counts[bucket - this.#first]!;
      if (count > 0) visit(bucket, count);
    }
  }

  #widen(lowest: number, highest: number): void {
    if (lowest < this.#lowest) this.#lowest = lowest;
    if (highest > this.#highest) this.#highest = highest;
  }

  /**
   * Makes the array long enough for a bucket, by whole octaves, so that it grows 54 times at most.
   */
  #reach(bucket: number): void {
    const packed = this.#packed;
    if (packed !== undefined) this.#unpack(packed);
    const end = this.#first + this.#counts.length;
    if (bucket >= this.#first && bucket < end) return;
    const octave = bucket - ((bucket - 1) % BUCKETS_PER_OCTAVE);
    const empty = this.#counts.length === 0;
    const newFirst = empty ? octave : Math.min(this.#first, octave);
    const newEnd = Math.max(empty ? 0 : end, octave + BUCKETS_PER_OCTAVE);
    const longer = new Float64Array(newEnd - newFirst);
    if (!empty) longer.set(this.#counts, this.#first - newFirst);
    this.#counts = longer;
    this.#first = newFirst;
  }

  #pack(): PackedBuckets {
    if (this.#highest === 0) return NO_BYTES;
    const begin = this.#lowest - this.#first;
    const end = this.#highest - this.#first + 1;
    return packBuckets(this.#counts.subarray(begin, end), this.#lowest);
  }

  #unpack(packed: PackedBuckets): void {
    this.#packed = undefined;
    this.#reach(this.#lowest);
    this.#reach(this.#highest);
    eachPackedBucket(packed, (bucket, count) => {
      this.#counts[bucket - this.#first] = count;
    });
  }
}
