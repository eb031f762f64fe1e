import { z } from 'zod';
import type { ValueNotes } from './notes.ts';
import { valueNotes } from './notes.ts';
import type { Located, LocatedMap, Path } from '../source/located.ts';
import { child } from '../source/located.ts';

type Schema = z.core.$ZodType;

/** A schema without what is wrapped around it. */
export interface Unwrapped {
  readonly schema: Schema;
  /** The default as one would write it in the file; undefined where there is none. */
  readonly byDefault: unknown;
  readonly optional: boolean;
}

/** Schemas do not change, and a tree of a thousand services asks for the same ones often. */
const unwrapped = new WeakMap<Schema, Unwrapped>();

/** Takes off `optional`, `prefault`, `transform` and `lazy`. */
export function unwrap(wrapped: Schema): Unwrapped {
  const known = unwrapped.get(wrapped);
  if (known !== undefined) return known;
  const bare = takeOff(wrapped);
  unwrapped.set(wrapped, bare);
  return bare;
}

function takeOff(wrapped: Schema): Unwrapped {
  let byDefault: unknown;
  let optional = false;
  const layers = [...layersOf(wrapped)];
  for (const layer of layers) {
    if (layer instanceof z.ZodOptional) optional = true;
    if (layer instanceof z.ZodPrefault) byDefault = layer.def.defaultValue;
  }
  return { schema: layers.at(-1)!, byDefault, optional };
}

/** A schema, what it is wrapped around, and so on to the bare one. */
function* layersOf(wrapped: Schema): Generator<Schema> {
  let schema = wrapped;
  for (;;) {
    yield schema;
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) {
      schema = schema.def.innerType;
    } else if (schema instanceof z.ZodPipe) schema = schema.def.in;
    else if (schema instanceof z.ZodLazy) schema = schema.def.getter();
    else return;
  }
}

/** What is said about the values of a schema, at any of its layers. */
export function valueNotesOf(schema: Schema): ValueNotes | undefined {
  for (const layer of layersOf(schema)) {
    const notes = valueNotes.get(layer as z.ZodType);
    if (notes !== undefined) return notes;
  }
  return undefined;
}

/** What may stand at a place: the options of a union, or the one schema that there is. */
export function options(schema: Schema): readonly Schema[] {
  const bare = unwrap(schema).schema;
  return bare instanceof z.ZodUnion ? bare.def.options : [bare];
}

/** The keys of a map, or none. */
export function keysOf(schema: Schema): readonly string[] {
  const bare = unwrap(schema).schema;
  return bare instanceof z.ZodObject ? Object.keys(bare.def.shape) : [];
}

/** The keys that a map may have: fields, or the words that a table is by. */
export function knownKeys(schema: Schema): readonly string[] {
  const bare = unwrap(schema).schema;
  const isTable = bare instanceof z.ZodRecord && bare.def.keyType instanceof z.ZodEnum;
  return isTable ? (bare.def.keyType as z.ZodEnum).options.map(String) : keysOf(schema);
}

/**
 * Which option of a union the author meant: the one that has the most of the keys that are there,
 * and then the one that misses the fewest. For lists and single values, or where only one takes a
 * map: the first of that kind. -1: none.
 */
export function meantOption(choices: readonly Schema[], node: Located): number {
  if (node.kind !== 'map') {
    return choices.findIndex((choice) => fits(unwrap(choice).schema, node));
  }
  const maps = choices.filter((choice) => takesMaps(unwrap(choice).schema));
  if (maps.length === 1) return choices.indexOf(maps[0]!);
  let best = -1;
  let bestScore = 0;
  for (const [index, choice] of choices.entries()) {
    const score = likeness(unwrap(choice).schema, node);
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}

/** Whether the keys that are there do not tell which option of a union was meant. */
export function isUndecided(choices: readonly Schema[], node: LocatedMap): boolean {
  if (choices.length < 2) return false;
  const known = choices.map((choice) => {
    return keysOf(choice).filter((key) => node.entries.has(key));
  });
  const most = Math.max(...known.map((keys) => keys.length));
  const best = known.filter((keys) => keys.length === most).map((keys) => keys.join(' '));
  return new Set(best).size < best.length;
}

function takesMaps(schema: Schema): boolean {
  if (schema instanceof z.ZodUnion) {
    return schema.def.options.some((option: Schema) => takesMaps(unwrap(option).schema));
  }
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord;
}

function fits(schema: Schema, node: Located): boolean {
  if (schema instanceof z.ZodUnion) {
    return schema.def.options.some((option: Schema) => fits(unwrap(option).schema, node));
  }
  const isList = schema instanceof z.ZodArray || schema instanceof z.ZodTuple;
  if (node.kind === 'list') return isList;
  return !isList && !takesMaps(schema);
}

function likeness(schema: Schema, node: Located): number {
  if (schema instanceof z.ZodUnion) {
    const inner = schema.def.options.map((option: Schema) => likeness(unwrap(option).schema, node));
    return Math.max(0, ...inner);
  }
  if (!(schema instanceof z.ZodObject) || node.kind !== 'map') return 0;
  let known = 0;
  let missing = 0;
  for (const [key, inner] of Object.entries(schema.def.shape)) {
    if (node.entries.has(key)) known++;
    else {
      const { byDefault, optional } = unwrap(inner);
      if (!optional && byDefault === undefined) missing++;
    }
  }
  // One known key outweighs all that may be missing; more than a hundred keys no map has.
  return known === 0 ? 0 : known * 100 - missing;
}

/** The schemas that may stand at the end of a path, as the author meant the unions on the way. */
export function schemaAt(root: Schema, node: Located, path: Path): readonly Schema[] {
  let choices = options(root);
  let here: Located | undefined = node;
  for (const step of path) {
    const meant = here === undefined ? 0 : meantOption(choices, here);
    const chosen = choices[meant];
    const next = chosen === undefined ? undefined : schemaUnder(unwrap(chosen).schema, step);
    if (next === undefined) return [];
    choices = options(next);
    here = here === undefined ? undefined : child(here, step);
  }
  return choices;
}

/** The schema of what stands under one step, or undefined. */
export function schemaUnder(schema: Schema, step: string | number): Schema | undefined {
  if (schema instanceof z.ZodObject) {
    return (schema.def.shape as Record<string, Schema>)[String(step)];
  }
  if (schema instanceof z.ZodRecord) return schema.def.valueType;
  if (schema instanceof z.ZodArray) return schema.def.element;
  if (schema instanceof z.ZodTuple) return schema.def.items[Number(step)];
  return undefined;
}
