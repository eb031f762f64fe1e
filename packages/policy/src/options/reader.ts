/**
 * An option that cannot be used: which one, what was given, and what would be right. Thrown when
 * the policy is made, never while it works.
 */
export class OptionError extends TypeError {
  /** `OptionError`. */
  override readonly name: string = 'OptionError';
  /** `SEAWORTHY_OPTION`. Stable. */
  readonly code: string = 'SEAWORTHY_OPTION';
  /** The path of the option: `retry.backoff.base`. Empty: the options as a whole. */
  readonly option: string;
  /** What was given. */
  readonly value: unknown;
  /** What would be right. */
  readonly rule: string;

  constructor(option: string, value: unknown, rule: string) {
    super(`${option === '' ? 'the options are' : `${option} is`} ${shown(value)}: ${rule}`);
    this.option = option;
    this.value = value;
    this.rule = rule;
  }
}

/** Longer values are cut in messages. */
const SHOWN_MAX = 60;

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return `a ${typeof value}`;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // It contains itself.
    text = 'an object';
  }
  text ??= String(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

/** Reads one option, or throws an {@link OptionError}. `at` is its path. */
export type Reader<T> = (value: unknown, at: string) => T;

/** Milliseconds: a decimal shift through the exponent is exact, a multiplication is not. */
const exponents: Readonly<Record<string, string>> = { ns: 'e-6', us: 'e-3', ms: '', s: 'e3' };
const multiples: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Longer than anything that is operated: 100 years. */
const LONGEST_MS = 3_153_600_000_000;

function milliseconds(digits: string, unit: string): number {
  const multiple = multiples[unit];
  return multiple === undefined ? Number(`${digits}${exponents[unit]}`) : Number(digits) * multiple;
}

/* @__NO_SIDE_EFFECTS__ */
function withUnit(
  pattern: RegExp,
  toNumber: (digits: string, unit: string) => number,
  isRight: (value: number) => boolean,
  rule: string,
): Reader<number> {
  return (value, at) => {
    const match = typeof value === 'string' ? pattern.exec(value) : null;
    const read = match === null ? Number.NaN : toNumber(match[1]!, match[2]!);
    if (!isRight(read)) throw new OptionError(at, value, rule);
    return read;
  };
}

const durationPattern = /^(\d+(?:\.\d+)?)(ns|us|ms|s|m|h|d)$/;

/** Milliseconds, 0 or more. */
export const duration: Reader<number> = withUnit(
  durationPattern,
  milliseconds,
  (ms) => ms >= 0 && ms <= LONGEST_MS,
  'write a duration such as "800ms"; units: ns, us, ms, s, m, h, d',
);

/** Milliseconds, more than 0. */
export const positiveDuration: Reader<number> = withUnit(
  durationPattern,
  milliseconds,
  (ms) => ms > 0 && ms <= LONGEST_MS,
  'write a duration of more than 0, such as "800ms"; units: ns, us, ms, s, m, h, d',
);

/** Per second. */
export const rate: Reader<number> = withUnit(
  /^(\d+(?:\.\d+)?)\/(s|m|h)$/,
  (digits, unit) => (Number(digits) * 1000) / milliseconds('1', unit),
  (perSecond) => perSecond >= 0 && perSecond <= 10_000_000,
  'write a rate such as "10/s"; units: /s, /m, /h; at most 10000000/s',
);

/** A share as 0 to 1, from `10%`. */
/* @__NO_SIDE_EFFECTS__ */
export function share(least: number, most: number, excludesLeast = false): Reader<number> {
  const from = excludesLeast ? `more than ${least * 100}%` : `${least * 100}%`;
  return withUnit(
    /^(\d+(?:\.\d+)?)(%)$/,
    (digits) => Number(`${digits}e-2`),
    (value) => (excludesLeast ? value > least : value >= least) && value <= most,
    `write a share such as "10%", ${from} to ${most * 100}%`,
  );
}

/* @__NO_SIDE_EFFECTS__ */
export function number(least: number, most: number): Reader<number> {
  return (value, at) => {
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw new OptionError(at, value, `write a number from ${least} to ${most}`);
  };
}

/** 0% to 100%. */
export const anyShare: Reader<number> = share(0, 1);

/** More than 0%, at most 100%. */
export const someShare: Reader<number> = share(0, 1, true);

/** A factor whose `x` may be left out. */
/* @__NO_SIDE_EFFECTS__ */
export function factor(least: number, most: number): Reader<number> {
  const read = number(least, most);
  return (value, at) => {
    const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)x$/.exec(value) : null;
    return read(match === null ? value : Number(match[1]), at);
  };
}

/* @__NO_SIDE_EFFECTS__ */
export function count(least: number, most: number): Reader<number> {
  return (value, at) => {
    const isRight = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
    if (isRight) return Number(value);
    throw new OptionError(at, value, `write a whole number from ${least} to ${most}`);
  };
}

/** `unlimited` is Infinity. */
/* @__NO_SIDE_EFFECTS__ */
export function countOrUnlimited(least: number, most: number): Reader<number> {
  const read = count(least, most);
  return (value, at) => (value === 'unlimited' ? Infinity : read(value, at));
}

export const truth: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw new OptionError(at, value, 'write true or false');
};

export const text: Reader<string> = (value, at) => {
  if (typeof value === 'string') return value;
  throw new OptionError(at, value, 'write a text');
};

export const callable: Reader<(...given: never[]) => unknown> = (value, at) => {
  if (typeof value === 'function') return value as (...given: never[]) => unknown;
  throw new OptionError(at, value, 'write a function');
};

/* @__NO_SIDE_EFFECTS__ */
export function word<const W extends string>(words: readonly W[]): Reader<W> {
  return (value, at) => {
    if (words.includes(value as W)) return value as W;
    throw new OptionError(at, value, `write one of: ${words.join(', ')}`);
  };
}

/* @__NO_SIDE_EFFECTS__ */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new OptionError(at, value, 'write a list');
    return value.map((item, index) => read(item, `${at}[${index}]`));
  };
}

/** Reads of an object what there are readers for; what was not given is left out. */
export function readBy<const R extends Readonly<Record<string, Reader<unknown>>>>(
  readers: R,
  given: object,
): { readonly [K in keyof R]?: ReturnType<R[K]> } {
  const read: Record<string, unknown> = {};
  for (const [name, reader] of Object.entries(readers)) {
    const value = (given as Record<string, unknown>)[name];
    if (value !== undefined) read[name] = reader(value, name);
  }
  return read as { [K in keyof R]?: ReturnType<R[K]> };
}

function pathOf(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

/**
 * An object that has none but these: a mistyped option must not become a missing policy.
 *
 * @throws OptionError
 */
export function checkNames(value: unknown, at: string, names: readonly string[]): void {
  const list = names.join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(at, value, `write an object with some of: ${list}`);
  }
  for (const [name, given] of Object.entries(value)) {
    if (names.includes(name)) continue;
    throw new OptionError(pathOf(at, name), given, `not an option; there are ${list}`);
  }
}

/**
 * Refuses a bound, such as `openMax`, that is shorter than what it bounds. The error has it as it
 * was given; where it is the default, as it would be written.
 *
 * @throws OptionError
 */
export function checkBound(
  given: unknown,
  at: string,
  [bound, boundMs]: readonly [name: string, ms: number],
  [bounded, boundedMs]: readonly [name: string, ms: number],
): void {
  if (boundMs >= boundedMs) return;
  const written = (given as Readonly<Record<string, unknown>>)[bound] ?? `${boundMs}ms`;
  const rule = `write at least ${bounded}, which is ${boundedMs} ms`;
  throw new OptionError(pathOf(at, bound), written, rule);
}

/** An object of these fields alone; what is not given, and has no default, is left out. */
/* @__NO_SIDE_EFFECTS__ */
export function fields<const F extends Shape>(shape: F): Reader<Output<F>> {
  const names = Object.keys(shape);
  return (value, at) => {
    checkNames(value, at, names);
    const read: Record<string, unknown> = {};
    for (const [name, [reader, otherwise, as = name]] of Object.entries(shape)) {
      const given = (value as Record<string, unknown>)[name];
      const result = given === undefined ? otherwise : reader(given, pathOf(at, name));
      if (result !== undefined) read[as] = result;
    }
    return read as Output<F>;
  };
}

/**
 * How each field is read, what it is when nothing is given, and the name of the result where that
 * is another.
 */
type Shape = Readonly<
  Record<string, readonly [read: Reader<unknown>, otherwise?: unknown, as?: string]>
>;

type Named<F, K> = F extends readonly [unknown, unknown, infer As extends string] ? As : K;
type HasDefault<F> = F extends readonly [unknown, infer D, ...unknown[]]
  ? undefined extends D
    ? false
    : true
  : false;
type Read<F> = F extends readonly [Reader<infer T>, ...unknown[]] ? T : never;

type Output<F extends Shape> = {
  readonly [K in keyof F as HasDefault<F[K]> extends true ? Named<F[K], K> : never]: Read<F[K]>;
} & {
  readonly [K in keyof F as HasDefault<F[K]> extends true ? never : Named<F[K], K>]?: Read<F[K]>;
};
