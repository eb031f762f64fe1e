import type { Histogram } from './histogram.ts';
import { histogramFromText, histogramToText } from './histogram-text.ts';
import { RecordError, shown } from './record-error.ts';
import type { Counts } from './run.ts';
import { roundToNs } from './whole-ns.ts';

/** How one kind of value is written into a record and read back. */
export interface Codec<Value> {
  toJson(value: Value): unknown;
  /** @param path where it stands, for the message. @throws RecordError when it is no such value. */
  fromJson(json: unknown, path: string): Value;
}

export function wrong(path: string, json: unknown, expected: string): RecordError {
  return new RecordError(`${path} is ${shown(json)}, expected ${expected}`);
}

/** How many. */
export const count: Codec<number> = {
  toJson: (value) => value,
  fromJson: (json, path) => {
    if (typeof json === 'number' && Number.isSafeInteger(json) && json >= 0) return json;
    throw wrong(path, json, 'a whole number from 0');
  },
};

/** A time, a level or a share; negative where it stands for "there is none". */
export const level: Codec<number> = {
  toJson: roundToNs,
  fromJson: (json, path) => {
    if (typeof json === 'number' && Number.isFinite(json)) return json;
    throw wrong(path, json, 'a number');
  },
};

/** Nothing by any reason, the common case, is 0. */
export const counts: Codec<Counts> = {
  toJson: (value) => (Object.keys(value).length === 0 ? 0 : value),
  fromJson: (json, path) => {
    if (json === 0) return {};
    const entries = Object.entries(object(json, path));
    if (entries.length > REASONS_MAX) {
      throw wrong(path, entries.length, `${REASONS_MAX} reasons at most`);
    }
    for (const [reason] of entries) {
      if (!REASON.test(reason)) throw wrong(path, reason, 'a reason such as "queue-full"');
    }
    return Object.fromEntries(
      entries.map(([reason, value]) => [reason, count.fromJson(value, `${path}.${reason}`)]),
    );
  },
};

/** The policies know 17 reasons. */
const REASONS_MAX = 64;
const REASON = /^[a-z][a-z-]{0,31}$/;

export const histogram: Codec<Histogram> = {
  toJson: histogramToText,
  fromJson: (json, path) => {
    if (typeof json !== 'string') throw wrong(path, json, 'a histogram');
    try {
      return histogramFromText(json);
    } catch (error) {
      if (error instanceof RangeError) throw new RecordError(`${path}: ${error.message}`);
      throw error;
    }
  },
};

export function object(json: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw wrong(path, json, 'an object');
}

export function list(json: unknown, path: string): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw wrong(path, json, 'a list');
}

export function text(json: unknown, path: string): string {
  if (typeof json === 'string') return json;
  throw wrong(path, json, 'a text');
}

export function oneOf<Word extends string>(
  json: unknown,
  words: readonly Word[],
  path: string,
): Word {
  const word = words.find((known) => known === json);
  if (word === undefined) throw wrong(path, json, words.map((known) => `"${known}"`).join(' or '));
  return word;
}

/** @throws RecordError when it is no JSON. */
export function parsed(json: string, place: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw wrong(place, json, 'JSON');
  }
}
