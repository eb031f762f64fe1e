import type { Problems } from '../problems.ts';
import { didYouMean } from '../nearest.ts';
import type { Located, LocatedEntry, LocatedMap, Path } from './located.ts';

/**
 * The file with the overlay of one environment on top: maps are merged key by key, lists and single
 * values replaced, and `null` deletes a key. Every value keeps the place where it was written.
 */
export function overlay(
  root: LocatedMap,
  environment: string,
  problems: Problems,
): LocatedMap | undefined {
  const environments = root.entries.get('environments')?.value;
  const over =
    environments?.kind === 'map' ? environments.entries.get(environment)?.value : undefined;
  if (environments === undefined || over === undefined) return undefined;
  const path = ['environments', environment];
  if (over.kind !== 'map') {
    problems.add(over.at, path, 'not an overlay', 'write keys of the file with their new values');
    return undefined;
  }
  for (const key of ['seaworthy', 'environments']) {
    const entry = over.entries.get(key);
    if (entry === undefined) continue;
    problems.add(entry.keyAt, [...path, key], `"${key}" cannot differ between environments`);
    return undefined;
  }
  return merge(root, over, { environment, problems, path });
}

interface Merging {
  readonly environment: string;
  readonly problems: Problems;
  readonly path: Path;
}

function merge(base: LocatedMap, over: LocatedMap, merging: Merging): LocatedMap {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const inner = { ...merging, path: [...merging.path, key] };
    const merged = mergeEntry(entries.get(key), entry, inner);
    if (merged !== undefined) entries.set(key, merged);
    else if (!entries.delete(key)) {
      const known = [...base.entries.keys()];
      merging.problems.add(entry.keyAt, inner.path, 'nothing to delete here', () =>
        didYouMean(key, known),
      );
    }
  }
  return { ...base, entries };
}

/** Undefined: delete it. */
function mergeEntry(
  base: LocatedEntry | undefined,
  over: LocatedEntry,
  merging: Merging,
): LocatedEntry | undefined {
  const { value } = over;
  if (value.kind === 'scalar' && value.value === null) return undefined;
  if (base?.value.kind === 'map' && value.kind === 'map') {
    return { keyAt: base.keyAt, value: merge(base.value, value, merging) };
  }
  return { keyAt: over.keyAt, value: stamp(value, merging.environment) };
}

/** The environment as the origin of a value and all below it. */
function stamp(node: Located, environment: string): Located {
  if (node.kind === 'scalar') return { ...node, environment };
  if (node.kind === 'list') {
    return { ...node, environment, items: node.items.map((item) => stamp(item, environment)) };
  }
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of node.entries) {
    entries.set(key, { keyAt: entry.keyAt, value: stamp(entry.value, environment) });
  }
  return { ...node, environment, entries };
}
