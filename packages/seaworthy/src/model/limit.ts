import { Unreadable } from './measure.ts';
import type { LimitExpectation } from './statement.ts';
import { durationUnit, factorUnit, parseUnit, rateUnit, shareUnit } from './unit.ts';

const limits = ['stable up to', 'vulnerable up to', 'fragility', 'tips at'] as const;

/** What each limit is measured in: a load, a bare number, the size of a trigger. */
const units = {
  'stable up to': { parse: parseLoad, example: '150/s' },
  'vulnerable up to': { parse: parseLoad, example: '150/s' },
  fragility: { parse: parseNumber, example: '2.6' },
  'tips at': { parse: parseSize, example: '4s' },
} as const;

/** What an entry under `limits` says. */
interface LimitEntry {
  readonly that: string;
  readonly environment?: string | undefined;
  readonly scenario?: string | undefined;
  readonly within?: string | undefined;
  readonly between: readonly string[] | undefined;
  readonly source: string;
}

/**
 * Reads `stable up to = 150/s` with `within`, or `tips at` with `between`.
 *
 * @throws Unreadable
 */
export function parseLimit(entry: LimitEntry): LimitExpectation {
  const { that, environment, scenario, source } = entry;
  const [, name, value] = /^(.*?)\s*(?:=\s*(\S+))?$/.exec(that.trim()) ?? [];
  const limit = limits.find((each) => each === name);
  if (limit === undefined) {
    throw new Unreadable(`unknown limit "${name}"`, `one of: ${limits.join(', ')}`);
  }
  const range = rangeOf(limit, value, entry);
  return { text: that, environment, scenario, limit, ...range, source };
}

function rangeOf(
  limit: LimitExpectation['limit'],
  value: string | undefined,
  { within, between }: LimitEntry,
): Pick<LimitExpectation, 'from' | 'to' | 'value'> {
  if (between !== undefined) {
    if (value !== undefined || within !== undefined) {
      throw new Unreadable('a value and a range', 'write "=" and within, or between');
    }
    const [from, to] = between.map((each) => parseValue(limit, each));
    if (from === undefined || to === undefined || from > to) {
      throw new Unreadable('the range ends before it begins', 'write the smaller value first');
    }
    return { from, to, value: undefined };
  }
  const share = within === undefined ? undefined : parseUnit(shareUnit, within);
  if (value === undefined || share === undefined) {
    const example = 'that: stable up to = 150/s, within: 3%';
    throw new Unreadable('nothing to compare with', `write, for example, ${example}`);
  }
  const middle = parseValue(limit, value);
  return { from: middle * (1 - share), to: middle * (1 + share), value: middle };
}

function parseValue(limit: LimitExpectation['limit'], text: string): number {
  const { parse, example } = units[limit];
  const value = parse(text);
  if (value !== undefined && value >= 0) return value;
  throw new Unreadable(`"${text}" is no value of "${limit}"`, `write, for example, ${example}`);
}

/** Per second, or users where the traffic is a closed loop. */
function parseLoad(text: string): number | undefined {
  return parseUnit(rateUnit, text) ?? parseNumber(text);
}

/** Milliseconds, or times where it is the magnitude. */
function parseSize(text: string): number | undefined {
  return parseUnit(durationUnit, text) ?? parseUnit(factorUnit, text);
}

function parseNumber(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
