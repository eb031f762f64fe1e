import type { Located, LocatedEntry } from '../../source/located.ts';

export type Variables = ReadonlyMap<string, string>;

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?error}`,
 * `${NAME:+other}` as compose does; `$$` is a dollar. A variable that nobody sets is empty.
 *
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolate(text: string, variables: Variables): string {
  return new Interpolation(text, variables).run();
}

/** The tree with variables filled in; keys stay as they are. */
export function interpolateTree(located: Located, variables: Variables): Located {
  if (located.kind === 'list') {
    return { ...located, items: located.items.map((item) => interpolateTree(item, variables)) };
  }
  if (located.kind === 'map') {
    const entries = new Map<string, LocatedEntry>();
    for (const [key, { keyAt, value }] of located.entries) {
      entries.set(key, { keyAt, value: interpolateTree(value, variables) });
    }
    return { ...located, entries };
  }
  if (typeof located.value !== 'string' || !located.value.includes('$')) return located;
  const text = interpolate(located.value, variables);
  return { ...located, value: text, text };
}

const name = /[A-Za-z_]\w*/y;

class Interpolation {
  private at = 0;
  private readonly text: string;
  private readonly variables: Variables;

  constructor(text: string, variables: Variables) {
    this.text = text;
    this.variables = variables;
  }

  run(): string {
    let out = '';
    while (this.at < this.text.length) {
      const dollar = this.text.indexOf('$', this.at);
      if (dollar === -1) return out + this.text.slice(this.at);
      out += this.text.slice(this.at, dollar);
      this.at = dollar + 1;
      out += this.afterDollar();
    }
    return out;
  }

  private afterDollar(): string {
    const next = this.text[this.at];
    if (next === '$') {
      this.at++;
      return '$';
    }
    if (next !== '{') {
      const plain = this.name();
      return plain === '' ? '$' : (this.variables.get(plain) ?? '');
    }
    const end = this.closing();
    if (end === -1) return '$';
    const inside = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return this.expression(inside);
  }

  private name(): string {
    name.lastIndex = this.at;
    const found = name.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  /** Of the brace that opens here; defaults may have braces of their own. */
  private closing(): number {
    let depth = 0;
    for (let at = this.at; at < this.text.length; at++) {
      if (this.text[at] === '{') depth++;
      else if (this.text[at] === '}' && --depth === 0) return at;
    }
    return -1;
  }

  private expression(inside: string): string {
    const match = /^([A-Za-z_]\w*)(:?[-?+])?([\s\S]*)$/.exec(inside);
    if (match === null) return '';
    const [, variable = '', operator = '', rest = ''] = match;
    const value = this.variables.get(variable);
    // With a colon an empty value counts as none.
    const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
    if (operator.endsWith('+')) return isSet ? interpolate(rest, this.variables) : '';
    if (isSet) return value;
    return operator.endsWith('-') ? interpolate(rest, this.variables) : '';
  }
}
