/** Texts, and between them the names of what is filled in. */
export type Template = readonly (string | Blank)[];

interface Blank {
  readonly name: string;
  readonly encode: (value: string) => string;
}

export type Values = Readonly<Record<string, string>>;

/** `{{name}}`: a column of the data, or `task`. */
const blank = /\{\{\s*([^{}\s]+)\s*\}\}/g;

function asItIs(value: string): string {
  return value;
}

/** @param encode what is done to a value before it is filled in */
export function parseTemplate(text: string, encode = asItIs): Template {
  const parts: (string | Blank)[] = [];
  let at = 0;
  for (const match of text.matchAll(blank)) {
    parts.push(text.slice(at, match.index), { name: match[1]!, encode });
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

/** The names that a text asks for. */
export function blanksIn(text: string): readonly string[] {
  return [...text.matchAll(blank)].map((match) => match[1]!);
}

/** Whether there is nothing to fill in. */
export function isPlain(template: Template): boolean {
  return template.every((part) => typeof part === 'string');
}

export function fill(template: Template, values: Values): string {
  let text = '';
  for (const part of template) {
    text += typeof part === 'string' ? part : part.encode(values[part.name]!);
  }
  return text;
}
