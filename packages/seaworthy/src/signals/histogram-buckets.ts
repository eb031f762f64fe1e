/**
 * The buckets of a histogram: one for what is as good as zero, then 128 equal ones for each power
 * of two. A bucket is 1/128 of its lower end wide at most, so its middle is at most 0.4 % off any
 * value in it.
 *
 * The number of a bucket is a slice of the bits of the value, as in HdrHistogram: the exponent and
 * the first seven bits behind the point. No logarithm, so every engine agrees on it, and it takes a
 * nanosecond.
 */

/** One nanosecond, in milliseconds: virtual time is no finer. */
const LEAST_MS = 1e-6;

/** Four months; what takes longer is counted as this long. */
const MOST_MS = 1e10;

/** The bits of a Float64 beside it, in two halves. */
const float64 = new Float64Array(1);
const halves = new Uint32Array(float64.buffer);

/**
 * Where the sign, the exponent and the first 20 bits of the fraction are: the second half on
 * little-endian machines.
 */
const HIGH = (float64.fill(1), halves[1] === 0 ? 0 : 1);
const LOW = 1 - HIGH;

/** Seven of the 20 bits stay. */
const SHIFT = 13;

/** Buckets for each power of two. */
export const BUCKETS_PER_OCTAVE = 128;

/** Bucket 0 holds what is below one nanosecond; bucket 1 begins at or just below it. */
const BELOW_FIRST = sliceOf(LEAST_MS) - 1;

const LAST = sliceOf(MOST_MS) - BELOW_FIRST;

/** How many buckets there are: 6,801. */
export const BUCKETS: number = LAST + 1;

function sliceOf(valueMs: number): number {
  float64[0] = valueMs;
  return halves[HIGH]! >>> SHIFT;
}

/**
 * The bucket of any value from 0.
 *
 * @throws RangeError for what is no such value: a negative time is a defect of the one who measured
 * it.
 */
export function bucketOf(valueMs: number): number {
  if (!(valueMs >= 0 && valueMs < Infinity)) {
    throw new RangeError(`a histogram holds finite values from 0, not ${valueMs}`);
  }
  if (valueMs < LEAST_MS) return 0;
  if (valueMs >= MOST_MS) return LAST;
  float64[0] = valueMs;
  return (halves[HIGH]! >>> SHIFT) - BELOW_FIRST;
}

/** Whether {@link countOrdinary} takes values from `leastMs` to `mostMs`. */
export function isOrdinary(leastMs: number, mostMs: number): boolean {
  return leastMs >= LEAST_MS && mostMs < MOST_MS;
}

/** The bits of values beside them, for {@link countOrdinary}. */
export function bitsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer);
}

/**
 * Counts one more in the bucket of each of the values, without a look at any: all must be ordinary,
 * and their buckets in `counts`, which begins with the bucket `first`.
 */
export function countOrdinary(
  bits: Uint32Array,
  values: number,
  counts: Float64Array,
  first: number,
): void {
  const before = BELOW_FIRST + first;
  for (let at = HIGH; at < 2 * values; at += 2) counts[(bits[at]! >>> SHIFT) - before]!++;
}

/** The value that stands for all values of a bucket: its middle. */
export function middleOf(bucket: number): number {
  if (bucket === 0) return 0;
  return (lowerEndOf(bucket) + lowerEndOf(bucket + 1)) / 2;
}

/** The smallest value of a bucket from 1. */
export function lowerEndOf(bucket: number): number {
  halves[HIGH] = (bucket + BELOW_FIRST) << SHIFT;
  halves[LOW] = 0;
  return float64[0]!;
}
