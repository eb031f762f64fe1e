import { z } from 'zod';

/** What the docs, editors and `explain` say about a key, beside its type and default. */
export interface KeyNotes {
  readonly meaning: string;
  /** What it means to leave the key out, for keys without a default: `none`. */
  readonly absent?: string;
  /** The same where it depends on the keys beside it, which are given. */
  readonly absentBeside?: (has: (key: string) => boolean) => string;
}

/** What the docs say about a value: `duration`, its range, an example. */
export interface ValueNotes {
  readonly what: string;
  readonly range?: string;
  readonly example: string;
}

export const keyNotes = z.registry<KeyNotes>();
export const valueNotes = z.registry<ValueNotes>();

/**
 * The key that a single value stands for where a map may stand: `retry: 3` is `retry: { attempts: 3
 * }`.
 */
export const shortFor = z.registry<{ readonly key: string }>();

/** The word that stands for a map with all its defaults: `concurrency: adaptive`. */
export const wordFor = z.registry<{ readonly word: string }>();

/** The heading of a part that stands in many places, and is described once in the docs. */
export const headings = z.registry<{ readonly heading: string }>();

/** A key of the file. `absent` for an optional key without a default. */
export function key<S extends z.ZodType>(
  schema: S,
  meaning: string,
  absent?: string,
  absentBeside?: KeyNotes['absentBeside'],
): S {
  const described = schema.describe(meaning);
  keyNotes.add(described, {
    meaning,
    ...(absent !== undefined && { absent }),
    ...(absentBeside && { absentBeside }),
  });
  return described;
}

/** What is wrong and what would be right, in the one text that a zod issue carries. */
export function wrong(what: string, right: string): string {
  return `${what}\n${right}`;
}

/** The two halves of {@link wrong}. */
export function splitWrong(text: string): { message: string; expected: string | undefined } {
  const at = text.indexOf('\n');
  if (at === -1) return { message: text, expected: undefined };
  return { message: text.slice(0, at), expected: text.slice(at + 1) };
}

/** A map with known keys and no others. `what` names it in messages: `a service`. */
export function map<Shape extends z.core.$ZodLooseShape>(
  what: string,
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'invalid_type' ? wrong(`not ${what}`, keysOf(shape)) : undefined,
  });
}

function keysOf(shape: object): string {
  return `write a map with the keys ${Object.keys(shape).join(', ')}`;
}
