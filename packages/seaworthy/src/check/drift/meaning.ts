/** What a text in a settings file says, whatever way it was written in. */
export type Meaning =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'duration'; readonly ms: number }
  /** `binary`: counted in 1024, as `Mi` says; a bare `M` leaves open which. */
  | { readonly kind: 'size'; readonly bytes: number; readonly binary: boolean }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Units of Go, of Envoy and of most configuration libraries, and the words that people write for
 * them. Decimal shifts go through the exponent, so that `1.1s` and `1100ms` are the same number.
 */
const durationUnits: Readonly<Record<string, { readonly shift: string; readonly times: number }>> =
  {
    ns: { shift: 'e-6', times: 1 },
    us: { shift: 'e-3', times: 1 },
    µs: { shift: 'e-3', times: 1 },
    ms: { shift: '', times: 1 },
    s: { shift: 'e3', times: 1 },
    sec: { shift: 'e3', times: 1 },
    m: { shift: '', times: 60_000 },
    min: { shift: '', times: 60_000 },
    h: { shift: '', times: 3_600_000 },
    d: { shift: '', times: 86_400_000 },
  };

const longUnits: readonly (readonly [RegExp, string])[] = [
  [/^milli(second)?s?$/, 'ms'],
  [/^sec(ond)?s?$/, 's'],
  [/^min(ute)?s?$/, 'm'],
  [/^hours?$/, 'h'],
  [/^days?$/, 'd'],
];

const sizeSteps = ['', 'k', 'm', 'g', 't'];

/** A key about memory has megabytes where one about time has minutes. */
const sizeKey = /(^|_)(memory|mem|heap|size|bytes|buffer|disk)(_|$)/i;

/**
 * What a value says. Durations, sizes, shares, truth values and addresses have one meaning however
 * they are written; everything else is the text that it is.
 *
 * @param key the name of the setting, which tells `512m` of memory from `5m` of time
 */
export function meaningOf(text: string, key: string): Meaning {
  const bare = text.trim();
  if (bare === '') return { kind: 'nothing' };
  const number = numberOf(bare);
  if (number !== undefined) return { kind: 'number', value: number };
  const first = sizeKey.test(key) ? sizeOf : durationOf;
  const second = first === sizeOf ? durationOf : sizeOf;
  return (
    first(bare) ?? second(bare) ?? shareOf(bare) ?? truthOf(bare) ?? addressOf(bare) ?? textOf(bare)
  );
}

/** How two values of one key stand to each other. */
export type Comparison = 'same' | 'different' | 'thousandfold' | 'another kind';

/** Whether two texts mean the same to who reads them under this key. */
export function compareMeaning(here: string, there: string, key: string): Comparison {
  if (here === there) return 'same';
  const [left, right] = [meaningOf(here, key), meaningOf(there, key)];
  // A text may be anything: that the other one looks like a number says nothing.
  if (left.kind === 'text' || right.kind === 'text') return 'different';
  if (left.kind !== right.kind) return 'another kind';
  if (isSame(left, right)) return 'same';
  return isThousandfold(left, right) ? 'thousandfold' : 'different';
}

function isSame(left: Meaning, right: Meaning): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Seconds where milliseconds were meant, or the other way round. */
function isThousandfold(left: Meaning, right: Meaning): boolean {
  if (left.kind !== 'number' || right.kind !== 'number') return false;
  const [small, large] = [left.value, right.value].toSorted((a, b) => a - b);
  return small !== undefined && large !== undefined && small > 0 && large === small * 1000;
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+(_\d+)*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)
    ? Number(text.replaceAll('_', ''))
    : undefined;
}

function durationOf(text: string): Meaning | undefined {
  const iso = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
    text,
  );
  const parts = iso === null ? wordsOf(text) : isoParts(iso);
  if (parts === undefined) return undefined;
  // Whole nanoseconds: sums of fractions have noise in the last digits.
  const ms = Number(parts.reduce((sum, part) => sum + part, 0).toFixed(6));
  return { kind: 'duration', ms };
}

function isoParts(match: RegExpExecArray): readonly number[] {
  return ['d', 'h', 'm', 's'].flatMap((unit, index) => {
    const digits = match[index + 1];
    return digits === undefined ? [] : [inMs(digits, unit)];
  });
}

/** `1m30s`, `1.5 h`, `30 seconds`. Undefined: something in it is no duration. */
function wordsOf(text: string): readonly number[] | undefined {
  if (!/^(\d+(\.\d+)?\s?[a-zµ]+\s?)+$/i.test(text)) return undefined;
  const parts: number[] = [];
  for (const [, digits = '', word = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s?([a-zµ]+)/gi)) {
    const unit = unitOf(word);
    if (unit === undefined) return undefined;
    parts.push(inMs(digits, unit));
  }
  return parts;
}

function unitOf(word: string): string | undefined {
  // `M` is a million or a megabyte, never a minute.
  if (word in durationUnits) return word;
  return longUnits.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1];
}

function inMs(digits: string, unit: string): number {
  const { shift, times } = durationUnits[unit]!;
  return Number(digits + shift) * times;
}

function sizeOf(text: string): Meaning | undefined {
  const match = /^(\d+(?:\.\d+)?)\s?([kmgt])(i?)b?$/i.exec(text);
  if (match === null) {
    const bytes = /^(\d+)\s?(b|bytes)$/i.exec(text)?.[1];
    return bytes === undefined ? undefined : { kind: 'size', bytes: Number(bytes), binary: true };
  }
  const [, digits = '', prefix = '', binary = ''] = match;
  const power = sizeSteps.indexOf(prefix.toLowerCase());
  const step = binary === '' ? 1000 : 1024;
  return { kind: 'size', bytes: Number(digits) * step ** power, binary: binary !== '' };
}

function shareOf(text: string): Meaning | undefined {
  const digits = /^(-?\d+(?:\.\d+)?)\s?%$/.exec(text)?.[1];
  return digits === undefined ? undefined : { kind: 'share', share: Number(`${digits}e-2`) };
}

function truthOf(text: string): Meaning | undefined {
  if (/^(true|yes|on|enabled)$/i.test(text)) return { kind: 'truth', value: true };
  if (/^(false|no|off|disabled)$/i.test(text)) return { kind: 'truth', value: false };
  return undefined;
}

/** Host names have no case, default ports need not be said, and `/` may be left out. */
function addressOf(text: string): Meaning | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const address = url.pathname === '/' && url.search === '' ? url.origin : url.href;
  return { kind: 'address', address };
}

function textOf(text: string): Meaning {
  return { kind: 'text', text };
}
