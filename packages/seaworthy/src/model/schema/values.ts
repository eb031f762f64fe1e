import { z } from 'zod';
import { valueNotes, wrong } from './notes.ts';
import { unlimited } from './quantities.ts';

/** A whole number. */
export function count(least: number, most: number, example: number) {
  const range = `${least} to ${most}`;
  const outOfRange = { error: wrong('a number out of range', `it must be ${range}`) };
  return z
    .int({ error: wrong('not a whole number', `write ${range}`) })
    .min(least, outOfRange)
    .max(most, outOfRange)
    .register(valueNotes, { what: 'a whole number', range, example: String(example) });
}

/** Any number, without a unit. */
export function number(least: number, most: number, example: number) {
  const range = `${least} to ${most}`;
  const outOfRange = { error: wrong('a number out of range', `it must be ${range}`) };
  return z
    .number({ error: wrong('not a number', `write ${range}`) })
    .min(least, outOfRange)
    .max(most, outOfRange)
    .register(valueNotes, { what: 'a number', range, example: String(example) });
}

/** A whole number, or `unlimited`: Infinity. */
export function countOrUnlimited(least: number, most: number, example: number) {
  const range = `${least} to ${most}, or unlimited`;
  return z
    .union([count(least, most, example), unlimited], {
      error: wrong('not a whole number', `write ${range}`),
    })
    .register(valueNotes, { what: 'a whole number', range, example: String(example) });
}

/** `true` or `false`. */
export function truth() {
  return z
    .boolean({ error: wrong('not a truth value', 'write true or false') })
    .register(valueNotes, { what: 'a truth value', range: 'true, false', example: 'true' });
}

/** One of several words. */
export function word<const W extends readonly string[]>(what: string, words: W) {
  return z
    .enum(words, { error: wrong(`not ${what}`, `one of: ${words.join(', ')}`) })
    .register(valueNotes, { what, example: words[0]!, range: words.join(', ') });
}

/** Longer texts are not names or sources, and would fill a report. */
const longestText = 1000;

/** Free text. */
export function text(what: string, example: string) {
  return z
    .string({ error: wrong(`not ${what}`, `write ${what} such as "${example}"`) })
    .min(1, { error: wrong('an empty text', `write ${what} such as "${example}"`) })
    .regex(/^[^\p{C}\u2028\u2029]*$/u, {
      error: wrong('control characters in the text', 'write it in one line, without escapes'),
    })
    .max(longestText, { error: wrong('the text is too long', `at most ${longestText} characters`) })
    .register(valueNotes, { what, example });
}

/** So long that a line of a report still has room for numbers. */
const longestName = 64;

/** The name of a service, source, scenario or environment. */
export const name = z
  .string({ error: wrong('not a name', 'write a word such as web') })
  .regex(/^[A-Za-z][\w.-]*$/, {
    error: wrong('not a name', 'a letter, then letters, digits, "-", "_" or "."'),
  })
  .max(longestName, { error: wrong('the name is too long', `at most ${longestName} characters`) })
  .register(valueNotes, { what: 'a name', example: 'web' });

/** A list of so many values at most; `what` names them. */
export function list<V extends z.ZodType>(what: string, value: V, most: number): z.ZodArray<V> {
  return z
    .array(value, { error: wrong('not a list', `write a list of ${what}: [...]`) })
    .max(most, { error: wrong('the list is too long', `at most ${most} ${what}`) });
}

/** A map whose keys are names that the user chooses. */
export function named<V extends z.ZodType>(what: string, value: V) {
  return z.record(name, value, { error: wrong(`not a map of ${what}`, 'write a name for each') });
}
