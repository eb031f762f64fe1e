/**
 * Counts by bucket in as few bytes as is easy: for each bucket that is not empty, its distance from
 * the one before and its count, both in the variable-length bytes of LEB128 (seven bits a byte, the
 * top bit says that more follow). A run keeps tens of thousands of histograms; most of their
 * buckets take two bytes so.
 */
export type PackedBuckets = Uint8Array;

/** A count of 2^53 takes eight bytes, a distance two. */
const BYTES_PER_BUCKET_MAX = 10;

const MORE = 0x80;
const LOW_BITS = MORE - 1;

/** Shared by all: packing is never interrupted. Grows to the largest histogram seen. */
let scratch = new Uint8Array(1024);

/** Packs `counts`, whose first entry is the count of bucket `first`. */
export function packBuckets(counts: Float64Array, first: number): PackedBuckets {
  if (scratch.length < counts.length * BYTES_PER_BUCKET_MAX) {
    scratch = new Uint8Array(counts.length * BYTES_PER_BUCKET_MAX);
  }
  let length = 0;
  let before = 0;
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at]!;
    if (count === 0) continue;
    length = write(first + at - before, length);
    length = write(count, length);
    before = first + at;
  }
  return scratch.slice(0, length);
}

/** Tells of each bucket that is not empty, in order. */
export function eachPackedBucket(
  packed: PackedBuckets,
  visit: (bucket: number, count: number) => void,
): void {
  let bucket = 0;
  let at = 0;
  while (at < packed.length) {
    let byte = packed[at++]!;
    let distance = byte & LOW_BITS;
    // There are fewer than 2^14 buckets: two bytes at most.
    if (byte >= MORE) distance += packed[at++]! * MORE;
    bucket += distance;
    byte = packed[at++]!;
    let count = byte & LOW_BITS;
    // No shifts: a count may have more than 32 bits.
    for (let weight = MORE; byte >= MORE; weight *= MORE) {
      byte = packed[at++]!;
      count += (byte & LOW_BITS) * weight;
    }
    visit(bucket, count);
  }
}

function write(value: number, at: number): number {
  if (value < MORE) {
    scratch[at] = value;
    return at + 1;
  }
  let left = value;
  let end = at;
  while (left >= MORE) {
    scratch[end++] = (left % MORE) + MORE;
    left = Math.floor(left / MORE);
  }
  scratch[end++] = left;
  return end;
}
