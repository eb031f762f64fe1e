import { Histogram } from './histogram.ts';
import { shown } from './record-error.ts';
import { roundToNs } from './whole-ns.ts';

/**
 * A histogram as a short text, for records: `"sum min max first counts"`, where `first` is the
 * lowest bucket in use and `counts` tells of each bucket from there on: a letter is a count (`A` 1
 * to `Z` 26, `a` 27 to `z` 52), `60+` a larger one, `_` an empty bucket and `7_` seven of them. An
 * empty histogram is an empty text.
 *
 * The same as a list of numbers has twice to three times as many characters, and takes up to a
 * fifth more after gzip: counts scatter, so there is little to find in them.
 */
export function histogramToText(histogram: Histogram): string {
  const [sum, min, max, first, ...rest] = histogram.toSparse();
  if (sum === undefined || min === undefined || max === undefined) return '';
  let counts = '';
  for (let at = 0; at < rest.length; at += 2) {
    if (at > 0) counts += gap(rest[at - 1]! - 1);
    counts += letter(rest[at]!);
  }
  return `${roundToNs(sum)} ${roundToNs(min)} ${roundToNs(max)} ${first} ${counts}`;
}

/**
 * Back from {@link histogramToText}.
 *
 * @throws RangeError that says what is wrong, when it did not come from there.
 */
export function histogramFromText(text: string): Histogram {
  if (text === '') return new Histogram();
  const parts = text.split(' ', FIELDS + 1);
  const numbers = parts.slice(0, -1).map(Number);
  if (parts.length !== FIELDS) {
    throw new RangeError(`a histogram is ${FIELDS} words, not ${parts.length}`);
  }
  return Histogram.fromSparse([...numbers, ...pairs(parts.at(-1)!)]);
}

/** Sum, minimum, maximum, first bucket, counts. */
const FIELDS = 5;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function letter(count: number): string {
  return count <= LETTERS.length ? LETTERS[count - 1]! : `${count}+`;
}

function gap(empty: number): string {
  // Up to two it is as short to write them out.
  return empty <= 2 ? '_'.repeat(empty) : `${empty}_`;
}

/** Counts, with the distance of the bucket before each but the first. */
function pairs(counts: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let digits = 0;
  let distance = 1;
  for (const sign of counts) {
    if (sign >= '0' && sign <= '9' && digits < DIGITS_MAX) {
      number = number * 10 + Number(sign);
      digits++;
      continue;
    }
    if (sign === '_' && numbers.length > 0) {
      distance += digits > 0 ? number : 1;
    } else {
      if (numbers.length > 0) numbers.push(distance);
      numbers.push(countOf(sign, digits > 0 ? number : undefined, counts));
      distance = 1;
    }
    number = 0;
    digits = 0;
  }
  if (digits > 0 || distance > 1) throw noCounts(counts);
  return numbers;
}

/** A number belongs to a `+`, and a `+` to a number. */
function countOf(sign: string, number: number | undefined, counts: string): number {
  if (sign === '+' && number !== undefined) return number;
  const letterAt = LETTERS.indexOf(sign);
  if (number !== undefined || letterAt < 0) throw noCounts(counts);
  return letterAt + 1;
}

/** Enough for every whole number of a Float64; fromSparse tells which are. */
const DIGITS_MAX = 16;

function noCounts(counts: string): RangeError {
  return new RangeError(`no counts of a histogram: ${shown(counts)}`);
}
