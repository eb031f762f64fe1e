/** What an expression of source code may be, as far as a reader of settings cares. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly offset: number }
  | { readonly kind: 'truth'; readonly value: boolean; readonly offset: number }
  | { readonly kind: 'name'; readonly name: string; readonly offset: number }
  | { readonly kind: 'joined'; readonly parts: readonly Expression[] }
  /** One of them: a condition decides when the program runs. */
  | { readonly kind: 'either'; readonly of: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Expression> }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: string }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback: Expression | undefined }
  | {
      readonly kind: 'call';
      /** As written: `requests.get`. */
      readonly callee: string;
      readonly receiver: Expression | undefined;
      readonly values: readonly Expression[];
      readonly named: ReadonlyMap<string, Expression>;
    }
  | { readonly kind: 'function' }
  | { readonly kind: 'unknown' };

export const unknown: Expression = { kind: 'unknown' };

/** What a name stands for where it is used: all that is ever assigned to it there. */
export type Meaning = (name: string, offset: number) => readonly Expression[];

/** Stands for an environment variable in a text: a character that no address has. */
const mark = '\uE001';
/** Stands for what only the running program knows. */
const hole = '\uE000';
/** Conditions in a row double the possibilities; hosts need few. */
const mostTexts = 16;
const deepest = 12;

/** The texts that an expression may be. */
export function textsOf(expression: Expression, meaning: Meaning, depth = 0): readonly string[] {
  if (depth > deepest) return [hole];
  const inner = (it: Expression): readonly string[] => textsOf(it, meaning, depth + 1);
  switch (expression.kind) {
    case 'text':
      return [expression.value];
    case 'number':
    case 'truth':
      return [String(expression.value)];
    case 'variable':
      return [
        `${mark}${expression.name}${mark}`,
        ...(expression.fallback === undefined ? [] : inner(expression.fallback)),
      ];
    case 'joined':
      return expression.parts.map(inner).reduce(combine, ['']);
    case 'either':
      return expression.of.flatMap(inner).slice(0, mostTexts);
    case 'name': {
      const found = meaning(expression.name, expression.offset);
      return found.length === 0 ? [hole] : found.flatMap(inner).slice(0, mostTexts);
    }
    case 'member': {
      const values = mapsOf(expression.of, meaning).flatMap((map) => map.get(expression.key) ?? []);
      return values.length === 0 ? [hole] : values.flatMap(inner).slice(0, mostTexts);
    }
    case 'call':
      return formatted(expression, inner);
    case 'map':
    case 'function':
    case 'unknown':
      return [hole];
  }
}

/** The numbers that an expression may be, with where they stand. */
export function numbersOf(
  expression: Expression,
  meaning: Meaning,
  depth = 0,
): readonly { readonly value: number; readonly offset: number }[] {
  if (depth > deepest) return [];
  const inner = (it: Expression) => numbersOf(it, meaning, depth + 1);
  switch (expression.kind) {
    case 'number':
      return [expression];
    case 'either':
      return expression.of.flatMap(inner);
    case 'name':
      if (expression.name === 'Infinity') return [{ value: Infinity, offset: expression.offset }];
      return meaning(expression.name, expression.offset).flatMap(inner);
    case 'call': {
      // Durations of Java, and the signals of JavaScript.
      const [value] = expression.values;
      const factor = factors[expression.callee.split('.').at(-1) ?? ''];
      if (value === undefined || factor === undefined) return [];
      return inner(value).map((it) => ({ ...it, value: it.value * factor }));
    }
    case 'text':
    case 'truth':
    case 'variable':
    case 'joined':
    case 'map':
    case 'member':
    case 'function':
    case 'unknown':
      return [];
  }
}

const factors: Readonly<Record<string, number>> = {
  ofMillis: 1,
  ofSeconds: 1000,
  ofMinutes: 60_000,
  timeout: 1,
};

/** The maps that an expression may be. */
export function mapsOf(
  expression: Expression,
  meaning: Meaning,
): readonly ReadonlyMap<string, Expression>[] {
  if (expression.kind === 'map') return [expression.entries];
  if (expression.kind !== 'name') return [];
  return meaning(expression.name, expression.offset).flatMap((it) =>
    it.kind === 'map' ? [it.entries] : [],
  );
}

/** The hosts and paths of a text, with the values of its variables. */
export function withVariables(
  text: string,
  value: (variable: string) => string | undefined,
): string {
  return text
    .replace(/\uE001([^\uE001]*)\uE001/g, (_, name: string) => value(name) ?? hole)
    .replaceAll(hole, '');
}

function combine(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.flatMap((head) => after.map((tail) => head + tail)).slice(0, mostTexts);
}

/** `"http://{0}:{1}".format(a, b)`, `String.format("http://%s:%s", a, b)` */
function formatted(
  { callee, receiver, values }: Extract<Expression, { kind: 'call' }>,
  inner: (expression: Expression) => readonly string[],
): readonly string[] {
  if (!callee.endsWith('format')) return [hole];
  const ofJava = callee === 'String.format';
  const [template, rest] = ofJava ? [values[0], values.slice(1)] : [receiver, values];
  if (template?.kind !== 'text') return [hole];
  let next = 0;
  return template.value
    .split(ofJava ? /(%s|%d)/ : /(\{\d*\})/)
    .map((part, index): readonly string[] => {
      if (index % 2 === 0) return [part];
      const number = /\d+/.exec(part);
      const value = rest[number === null ? next++ : Number(number[0])];
      return value === undefined ? [hole] : inner(value);
    })
    .reduce(combine, ['']);
}
