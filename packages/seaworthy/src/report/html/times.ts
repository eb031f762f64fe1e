import { BUCKETS, lowerEndOf } from '../../signals/histogram-buckets.ts';
import type { Histogram } from '../../signals/histogram.ts';

/**
 * A distribution of times, coarse enough to embed thousands of: eight buckets of a run record make
 * one, which is 6 % wide. A percentile within a bucket is interpolated, so it is 3 % off at most,
 * and mostly less than one.
 */
const FINE = 8;

/** How many buckets a distribution has at most. */
export const TIME_BUCKETS: number = Math.ceil(BUCKETS / FINE);

/** The smallest time of a bucket, in milliseconds. */
export function timeOf(bucket: number): number {
  return bucket === 0 ? 0 : lowerEndOf(Math.min(bucket * FINE, BUCKETS));
}

/** A mark that shows little of so small a share needs no more than three digits. */
const DIGITS = 4;

/**
 * As a short text: `"sum max first counts"`, the counts as in a run record, bucket by bucket.
 * Empty: an empty text.
 */
export function timesToText(histogram: Histogram): string {
  const [sum, , max, ...pairs] = histogram.toSparse();
  if (sum === undefined || max === undefined) return '';
  let text = '';
  let bucket = -1;
  let fine = 0;
  let count = 0;
  let first = 0;
  const flush = (next: number): void => {
    if (bucket < 0) first = next;
    else text += countText(count) + gapText(next - bucket - 1);
    bucket = next;
    count = 0;
  };
  for (let at = 0; at < pairs.length; at += 2) {
    fine += pairs[at]!;
    const next = Math.floor(fine / FINE);
    if (next !== bucket) flush(next);
    count += pairs[at + 1]!;
  }
  return `${short(sum)} ${short(max)} ${first} ${text}${countText(count)}`;
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function countText(count: number): string {
  return count <= LETTERS.length ? LETTERS[count - 1]! : `${count}+`;
}

function gapText(empty: number): string {
  return empty <= 2 ? '_'.repeat(Math.max(0, empty)) : `${empty}_`;
}

/** Distributions added up, and what can be asked of the sum. */
export class Times {
  readonly counts: Float64Array = new Float64Array(TIME_BUCKETS);
  count = 0;
  sumMs = 0;
  maxMs = 0;

  /** Adds what {@link timesToText} wrote. What it did not write adds nothing. */
  add(text: string | undefined): this {
    if (text === undefined || text === '') return this;
    const [sum, max, first, counts = ''] = text.split(' ');
    this.sumMs += Number(sum);
    this.maxMs = Math.max(this.maxMs, Number(max));
    let bucket = Number(first);
    let number = 0;
    for (let at = 0; at < counts.length; at++) {
      const code = counts.charCodeAt(at);
      if (code <= 57 && code >= 48) {
        number = number * 10 + code - 48;
        continue;
      }
      if (code === 95) bucket += number || 1;
      else this.#count(bucket++, code === 43 ? number : code - (code < 97 ? 64 : 70));
      number = 0;
    }
    return this;
  }

  #count(bucket: number, count: number): void {
    if (!(bucket >= 0 && bucket < TIME_BUCKETS)) return;
    this.counts[bucket]! += count;
    this.count += count;
  }

  /** NaN when empty. */
  get meanMs(): number {
    return this.count > 0 ? this.sumMs / this.count : Number.NaN;
  }

  /** The time that the share `q` does not exceed; NaN when empty. */
  quantile(q: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = q * this.count;
    let passed = 0;
    for (let bucket = 0; bucket < TIME_BUCKETS; bucket++) {
      const here = this.counts[bucket]!;
      if (here === 0 || passed + here < rank) {
        passed += here;
        continue;
      }
      const from = timeOf(bucket);
      const within = Math.max(0, rank - passed) / here;
      return Math.min(from + (timeOf(bucket + 1) - from) * within, this.maxMs);
    }
    return this.maxMs;
  }
}
