import type { Source } from './source.ts';

/** Where something stands in the text of a file. */
export interface Place {
  /** In UTF-16 code units from the start of the text. */
  readonly offset: number;
  readonly length: number;
}

/**
 * A value of the file that knows where it stands. The tree has no aliases and no cycles left in it,
 * its depth and size are bounded (see parse.ts), and maps are `Map`s: no key of a file can reach a
 * prototype.
 */
export type Located = LocatedScalar | LocatedList | LocatedMap;

interface Stands {
  readonly at: Place;
  /** The environment whose overlay brought it; undefined: the file itself. */
  readonly environment: string | undefined;
  /** Where it stands, when it was put into the tree of another file. */
  readonly source?: Source;
}

export interface LocatedScalar extends Stands {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, without quotes. */
  readonly text: string;
}

export interface LocatedList extends Stands {
  readonly kind: 'list';
  readonly items: readonly Located[];
}

export interface LocatedMap extends Stands {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  readonly keyAt: Place;
  readonly value: Located;
}

export type Path = readonly (string | number)[];

/** The value under one step of a path, or undefined. */
export function child(node: Located, step: string | number): Located | undefined {
  if (node.kind === 'map') return node.entries.get(String(step))?.value;
  if (node.kind === 'list') return node.items[Number(step)];
  return undefined;
}

/** The deepest value that stands on the way of a path, and whether that is the end of it. */
export function lookUp(root: Located, path: Path): { found: Located; complete: boolean } {
  let node = root;
  for (const step of path) {
    const next = child(node, step);
    if (next === undefined) return { found: node, complete: false };
    node = next;
  }
  return { found: node, complete: true };
}

/** Where the key at the end of the path stands, or the value where there is no such key. */
export function keyPlace(root: Located, path: Path): Place {
  const { found } = lookUp(root, path.slice(0, -1));
  const key = path.at(-1);
  const entry = found.kind === 'map' ? found.entries.get(String(key)) : undefined;
  return entry?.keyAt ?? lookUp(root, path).found.at;
}

/**
 * The plain value: objects without a prototype, so that `__proto__` or `constructor` are keys like
 * any other.
 */
export function toPlain(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of node.entries) plain[key] = toPlain(entry.value);
  return plain;
}
