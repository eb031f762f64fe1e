import { z } from 'zod';

import { file } from '../schema/file.ts';
import { shortFor, wordFor } from '../schema/notes.ts';
import { keysOf, meantOption, options, schemaUnder, unwrap } from '../schema/walk.ts';
import type { Located, LocatedEntry, LocatedMap, Path, Place } from '../source/located.ts';
import { lookUp } from '../source/located.ts';
import type { FileEdit, FileValue } from './file-edit.ts';

type Schema = z.core.$ZodType;

/** An edit that this file has no place for. A suggestion that brings it about is a defect. */
export class EditError extends Error {
  constructor(path: Path, message: string) {
    super(`${path.join('.')}: ${message}`);
    this.name = 'EditError';
  }
}

/**
 * The file with edits in it. What the overlay of the chosen environment says itself is changed
 * there, or the edit would change nothing; everything else is changed in the file.
 *
 * @param scope `environment`: nothing may change in any other environment, so all is changed in the
 * overlay
 * @throws EditError
 */
export function applyEdits(
  root: LocatedMap,
  edits: readonly FileEdit[],
  environment: string | undefined,
  scope: EditScope,
): LocatedMap {
  let edited = root;
  for (const { path, value } of edits) {
    const overlay = environment === undefined ? [] : ['environments', environment];
    const home = scope === 'environment' ? overlay : homeOf(edited, path, overlay);
    const inOverlay = home.length > 0;
    // What an overlay only forgets comes from the file again: it has to take it away.
    const isHidden = inOverlay && lookUp(edited, path).complete;
    edited = editedMap(file, edited, [...home, ...path], { path, value, inOverlay, isHidden });
  }
  return edited;
}

/** Where an edit may be made: anywhere, or so that only the chosen environment changes. */
export type EditScope = 'anywhere' | 'environment';

interface Change extends FileEdit {
  /** It is an overlay that is changed. */
  readonly inOverlay: boolean;
  /** And the file has something at this place, too. */
  readonly isHidden: boolean;
}

/** Where an edit has to be made to count: the overlay that decides on the place, or the file. */
function homeOf(root: LocatedMap, path: Path, home: Path): Path {
  if (home.length === 0) return [];
  let node: Located | undefined = root;
  for (const step of home) node = node?.kind === 'map' ? under(node, step) : undefined;
  for (const [index, step] of path.entries()) {
    if (node?.kind !== 'map') return node === undefined ? [] : home;
    node = under(node, step);
    if (node !== undefined && index === path.length - 1) return home;
  }
  return [];
}

function under(map: LocatedMap, step: string | number): Located | undefined {
  return map.entries.get(String(step))?.value;
}

/** `schema`: of the map. `path`: what is left of the way. */
function editedMap(schema: Schema, map: LocatedMap, path: Path, change: Change): LocatedMap {
  const [step, ...rest] = path;
  const key = String(step);
  const before = map.entries.get(key);
  const entries = new Map(map.entries);
  if (rest.length === 0 && change.value === null && !change.isHidden) {
    if (!entries.delete(key)) throw new EditError(change.path, 'there is nothing to take away');
    return { ...map, entries };
  }
  const at = before?.keyAt ?? map.at;
  const value = editedNode(schemaOf(schema, map, key), before?.value, rest, change, at);
  const entry: LocatedEntry = { keyAt: at, value };
  return { ...map, entries: entries.set(key, entry) };
}

function editedNode(
  schema: Schema,
  node: Located | undefined,
  path: Path,
  change: Change,
  at: Place,
): Located {
  const [step] = path;
  if (step === undefined) return located(change.value, node?.at ?? at);
  if (node?.kind === 'list') return editedList(schema, node, path, change);
  const bare = unwrap(schema).schema as z.ZodType;
  const short = shortFor.get(bare)?.key;
  const isWord = node?.kind === 'scalar' && node.text === wordFor.get(bare)?.word;
  const written = isWord ? undefined : node;
  const map = editedMap(schema, asMap(written, short, change, at), path, change);
  const only = short === undefined ? undefined : map.entries.get(short)?.value;
  // What fits on a line is written so, unless the author has written a map there. In an overlay a
  // map that is new is merged into what the file has.
  const isMap = node?.kind === 'map' || (node === undefined && change.inOverlay);
  return !isMap && map.entries.size === 1 && only?.kind === 'scalar' ? only : map;
}

/** What stands at a place that has something below it: an overlay may have taken it away. */
function asMap(
  node: Located | undefined,
  short: string | undefined,
  change: Change,
  at: Place,
): LocatedMap {
  if (node?.kind === 'map') return node;
  const map: LocatedMap = { kind: 'map', entries: new Map(), at, environment: undefined };
  if (node?.kind !== 'scalar' || node.value === null) return map;
  if (short === undefined) throw new EditError(change.path, `"${node.text}" has nothing below it`);
  return { ...map, entries: new Map([[short, { keyAt: node.at, value: node }]]) };
}

function editedList(
  schema: Schema,
  node: Extract<Located, { kind: 'list' }>,
  [step, ...rest]: Path,
  change: Change,
): Located {
  const item = node.items[Number(step)];
  if (item === undefined) throw new EditError(change.path, `there is no item ${step}`);
  const inner = schemaUnder(listIn(schema), Number(step)) ?? z.unknown();
  const items = node.items.with(Number(step), editedNode(inner, item, rest, change, item.at));
  return { ...node, items };
}

function listIn(schema: Schema): Schema {
  const lists = options(schema).map((option) => unwrap(option).schema);
  return lists.find((it) => it instanceof z.ZodArray || it instanceof z.ZodTuple) ?? z.unknown();
}

/**
 * The schema of a key in a map. Among several kinds of map it is that of the author's, if it knows
 * the key.
 */
function schemaOf(schema: Schema, map: LocatedMap, key: string): Schema {
  // An overlay is a file of its own, of which anything may be left out.
  const choices = options(schema);
  const meant = choices[meantOption(choices, map)];
  const able = choices.filter((choice) => isRecord(choice) || keysOf(choice).includes(key));
  const chosen = meant !== undefined && able.includes(meant) ? meant : able[0];
  if (chosen === undefined) return z.unknown();
  const bare = unwrap(chosen).schema;
  if (bare === overlays) return file;
  return schemaUnder(bare, key) ?? z.unknown();
}

const overlays = unwrap(file.shape.environments).schema;

function isRecord(schema: Schema): boolean {
  return unwrap(schema).schema instanceof z.ZodRecord;
}

/** A value as if it stood in the file, at the place where it would. */
function located(value: FileValue | null, at: Place): Located {
  const stands = { at, environment: undefined };
  if (typeof value !== 'object' || value === null)
    return { ...stands, kind: 'scalar', value, text: String(value) };
  if (isList(value)) return { ...stands, kind: 'list', items: value.map((it) => located(it, at)) };
  const entries = Object.entries(value).map(([key, inner]): [string, LocatedEntry] => {
    return [key, { keyAt: at, value: located(inner, at) }];
  });
  return { ...stands, kind: 'map', entries: new Map(entries) };
}

function isList(value: FileValue): value is readonly FileValue[] {
  return Array.isArray(value);
}
