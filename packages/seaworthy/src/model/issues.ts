import type { z } from 'zod';
import type { Located, Path } from './source/located.ts';
import { lookUp } from './source/located.ts';
import { didYouMean } from './nearest.ts';
import type { Problems } from './problems.ts';
import { shortFor, splitWrong } from './schema/notes.ts';
import {
  isUndecided,
  keysOf,
  knownKeys,
  meantOption,
  options,
  schemaAt,
  schemaUnder,
  unwrap,
  valueNotesOf,
} from './schema/walk.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Where a part of the file is, and what it should have been. */
export interface Part {
  readonly root: Located;
  readonly path: Path;
  readonly schema: Schema;
  /** What else might have stood there, where it is one of several options. */
  readonly siblings?: readonly Schema[];
}

/** The complaints of zod about a part of the file, in the words of the author. */
export function addIssues(issues: readonly Issue[], part: Part, problems: Problems): void {
  for (const issue of issues) addIssue(issue, part, problems);
}

function addIssue(issue: Issue, part: Part, problems: Problems): void {
  const below = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...part.path, ...below];
  const { found, complete } = lookUp(part.root, path);
  if (!complete && issue.code !== 'invalid_key') {
    missingKey(part, below, problems);
  } else if (issue.code === 'unrecognized_keys') {
    const choices = schemaAt(part.schema, lookUp(part.root, part.path).found, below);
    const all = below.length === 0 ? (part.siblings ?? choices) : choices;
    for (const key of issue.keys) unknownKey(key, all, part.root, path, problems);
  } else if (issue.code === 'invalid_union') {
    invalidUnion(issue, part, below, problems);
  } else if (issue.code === 'invalid_key') {
    const { message, expected } = splitWrong(issue.issues[0]?.message ?? issue.message);
    problems.atKey(part.root, path, message, expected);
  } else {
    const { message, expected } = splitWrong(issue.message);
    problems.add(found.at, path, message, emptyHint(found, part, below) ?? expected);
  }
}

/** A union fails with the complaints of all its options: only those of the one meant help. */
function invalidUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  part: Part,
  below: Path,
  problems: Problems,
): void {
  const path = [...part.path, ...below];
  const { found } = lookUp(part.root, path);
  const choices = schemaAt(part.schema, lookUp(part.root, part.path).found, below);
  const meant = meantOption(choices, found);
  if (found.kind === 'map' && isUndecided(choices, found)) {
    const known = [...new Set(choices.flatMap(keysOf))];
    const unknown = [...found.entries.keys()].filter((key) => !known.includes(key));
    for (const key of unknown) {
      problems.atKey(part.root, [...path, key], 'unknown key', () => didYouMean(key, known));
    }
    if (unknown.length === 0) general(issue, found, path, problems);
    return;
  }
  const errors = issue.errors[meant];
  const chosen = choices[meant];
  if (errors === undefined || chosen === undefined || isGeneral(found, errors)) {
    general(issue, found, path, problems);
  } else {
    addIssues(errors, { root: part.root, path, schema: chosen, siblings: choices }, problems);
  }
}

function general(issue: Issue, found: Located, path: Path, problems: Problems): void {
  const { message, expected } = splitWrong(issue.message);
  problems.add(found.at, path, message, expected);
}

/** A single value of the wrong kind is none of the options; one out of range is one of them. */
function isGeneral(found: Located, errors: readonly Issue[]): boolean {
  const kinds = ['invalid_type', 'invalid_format', 'invalid_value'];
  return found.kind === 'scalar' && errors.every((error) => kinds.includes(error.code));
}

function unknownKey(
  key: string,
  choices: readonly Schema[],
  root: Located,
  path: Path,
  problems: Problems,
): void {
  const node = lookUp(root, path).found;
  const meant = choices[meantOption(choices, node)];
  const known = meant === undefined ? [] : knownKeys(meant);
  const elsewhere = choices.some((choice) => keysOf(choice).includes(key));
  if (elsewhere && node.kind === 'map') {
    const others = [...node.entries.keys()].filter((other) => known.includes(other));
    const message = `"${key}" does not go with ${others.map((it) => `"${it}"`).join(', ')}`;
    problems.atKey(root, [...path, key], message, `known here: ${known.join(', ')}`);
  } else {
    problems.atKey(root, [...path, key], 'unknown key', () => {
      return (meant && innerPlace(key, meant, node)) ?? didYouMean(key, known);
    });
  }
}

/** `{ call: payments, optional: true }`: the key is one of a map that stands beside it. */
function innerPlace(key: string, schema: Schema, node: Located): string | undefined {
  if (node.kind !== 'map') return undefined;
  for (const beside of keysOf(schema)) {
    const value = node.entries.get(beside)?.value;
    const inner = schemaUnder(unwrap(schema).schema, beside);
    if (value === undefined || inner === undefined) continue;
    if (!options(inner).some((it) => keysOf(it).includes(key))) continue;
    const short = shortFor.get(unwrap(inner).schema as z.ZodType)?.key;
    const first = short !== undefined && value.kind === 'scalar' ? `${short}: ${value.text}, ` : '';
    return `it belongs inside: ${beside}: { ${first}${key}: ... }`;
  }
  return undefined;
}

function missingKey(part: Part, below: Path, problems: Problems): void {
  const here = lookUp(part.root, part.path).found;
  const parent = lookUp(here, below.slice(0, -1)).found;
  const choices = schemaAt(part.schema, here, below.slice(0, -1));
  const meant = choices[meantOption(choices, parent)];
  const schema = meant && schemaUnder(unwrap(meant).schema, below.at(-1) ?? '');
  const example = schema && valueNotesOf(schema)?.example;
  const key = String(below.at(-1));
  const hint = example === undefined ? undefined : `write, for example, ${key}: ${example}`;
  problems.atValue(part.root, [...part.path, ...below], `the key "${key}" is missing`, hint);
}

/** `payments:` with nothing behind it. */
function emptyHint(found: Located, part: Part, below: Path): string | undefined {
  if (found.kind !== 'scalar' || found.value !== null || found.text !== '') return undefined;
  const choices = schemaAt(part.schema, lookUp(part.root, part.path).found, below);
  const isAllDefaults = choices.some(
    (choice) => keysOf(choice).length > 0 && (choice as z.ZodType).safeParse({}).success,
  );
  return isAllDefaults ? 'nothing stands here; write {} for all defaults' : undefined;
}
