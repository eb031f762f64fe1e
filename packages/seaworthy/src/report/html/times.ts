import { BUCKETS, lowerEndOf } from '../../signals/histogram-buckets.ts';

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
 * A histogram of a run record (`"sum min max first counts"`) with eight buckets in one, and without
 * the smallest value: `"sum max first counts"`.
 */
export function coarseTimes(histogram: string): string {
  const [sum, , max, first, counts = ''] = histogram.split(' ');
  let text = '';
  let bucket = -1;
  let begin = 0;
  let count = 0;
  eachCount(Number(first), counts, (fine, here) => {
    const next = Math.floor(fine / FINE);
    if (bucket < 0) begin = next;
    else if (next !== bucket) {
      text += countText(count) + gapText(next - bucket - 1);
      count = 0;
    }
    bucket = next;
    count += here;
  });
  if (bucket < 0) return '';
  return `${short(Number(sum))} ${short(Number(max))} ${begin} ${text}${countText(count)}`;
}

/** Reads counts as records write them: a letter, `60+` for a larger one, `7_` for a gap. */
function eachCount(
  first: number,
  counts: string,
  visit: (bucket: number, count: number) => void,
): void {
  let bucket = first;
  let number = 0;
  for (let at = 0; at < counts.length; at++) {
    const code = counts.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      number = number * 10 + code - ZERO;
      continue;
    }
    if (code === GAP) bucket += number || 1;
    else
      visit(
        bucket++,
        code === PLUS ? number : code - (code < SMALL_A ? CAPITAL_A - 1 : SMALL_A - 27),
      );
    number = 0;
  }
}

const [ZERO, NINE, PLUS, GAP, CAPITAL_A, SMALL_A] = [48, 57, 43, 95, 65, 97];

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

  /** Adds what {@link coarseTimes} wrote. What it did not write adds nothing. */
  add(text: string | undefined): this {
    if (text === undefined || text === '') return this;
    const [sum, max, first, counts = ''] = text.split(' ');
    this.sumMs += Number(sum);
    this.maxMs = Math.max(this.maxMs, Number(max));
    eachCount(Number(first), counts, (bucket, count) => this.#count(bucket, count));
    return this;
  }

  #count(bucket: number, count: number): void {
    if (!(bucket >= 0 && bucket < TIME_BUCKETS && count > 0)) return;
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
      // Times below what is measured are no times: an answer out of a cache takes none.
      if (bucket === 0) return 0;
      const from = timeOf(bucket);
      const within = Math.max(0, rank - passed) / here;
      return Math.min(from + (timeOf(bucket + 1) - from) * within, this.maxMs);
    }
    return this.maxMs;
  }
}
