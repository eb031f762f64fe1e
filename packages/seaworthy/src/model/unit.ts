/** A kind of number with a unit, as files write it. */
export interface Unit {
  readonly what: string;
  readonly example: string;
  readonly pattern: RegExp;
  /** Digits and unit to the unit that the model uses. */
  readonly parse: (digits: string, unit: string) => number;
  /** What to write for a number that came without a unit. */
  readonly suggest: (number: string) => string;
}

/** Virtual time counts nanoseconds in a double, exact up to 2^53: 104 days. */
export const longestRunMs = 104 * 86_400_000;

const exponents: Readonly<Record<string, string>> = { ns: 'e-6', us: 'e-3', ms: '', s: 'e3' };
const multiples: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of `1.5s`. The nearest double: decimal shifts go through the exponent, not a
 * multiplication.
 */
function parseDuration(digits: string, unit: string): number {
  const multiple = multiples[unit];
  if (multiple !== undefined) return Number(digits) * multiple;
  return Number(`${digits}${exponents[unit]}`);
}

/** Milliseconds. */
export const durationUnit: Unit = {
  what: 'a duration',
  example: '800ms',
  pattern: /^(-?\d+(?:\.\d+)?)(ns|us|ms|s|m|h|d)$/,
  parse: parseDuration,
  suggest: (number) => `write ${number}ms, or another unit: ns, us, s, m, h, d`,
};

/** Per second. */
export const rateUnit: Unit = {
  what: 'a rate',
  example: '300/s',
  pattern: /^(-?\d+(?:\.\d+)?)\/(s|m|h)$/,
  parse: (digits, unit) => (Number(digits) * 1000) / parseDuration('1', unit),
  suggest: (number) => `write ${number}/s, or another unit: /m, /h`,
};

/** 10% is 0.1. */
export const shareUnit: Unit = {
  what: 'a share',
  example: '10%',
  pattern: /^(-?\d+(?:\.\d+)?)(%)$/,
  parse: (digits) => Number(`${digits}e-2`),
  suggest: (number) => `write ${Number(number) < 1 ? asPercent(number) : number}%`,
};

/** 2x is 2. */
export const factorUnit: Unit = {
  what: 'a factor',
  example: '2x',
  pattern: /^(-?\d+(?:\.\d+)?)(x)$/,
  parse: Number,
  suggest: (number) => `write ${number}x`,
};

const byteMultiples: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** Bytes. */
export const sizeUnit: Unit = {
  what: 'a size',
  example: '512MB',
  pattern: /^(-?\d+(?:\.\d+)?)(B|kB|MB|GB|KiB|MiB|GiB)$/,
  parse: (digits, unit) => Number(digits) * byteMultiples[unit]!,
  suggest: (number) => `write ${number}MB, or another unit: B, kB, GB, KiB, MiB, GiB`,
};

/** `0.1` was meant as `10`%. Twelve digits: more are the noise of the multiplication. */
function asPercent(number: string): number {
  return Number((Number(number) * 100).toPrecision(12));
}

/** The value of a text in this unit, or undefined. */
export function parseUnit(unit: Unit, text: string): number | undefined {
  const match = unit.pattern.exec(text);
  return match ? unit.parse(match[1]!, match[2]!) : undefined;
}
