import type { FileEdit, FileValue } from '../../model/edit/file-edit.ts';

/** One setting that two environments of a file do not share. Undefined: it has none. */
export interface Difference {
  readonly path: readonly string[];
  readonly here: FileValue | undefined;
  readonly there: FileValue | undefined;
}

/** How it is run, and what it is called, is no setting of the system. */
const notSettings = new Set(['seaworthy', 'name', 'run', 'expectations', 'environments']);

/**
 * What differs between two environments, overlays applied: maps key by key, lists as a whole.
 *
 * @param here the whole file as plain values, as `there`
 */
export function settingsThatDiffer(here: unknown, there: unknown): readonly Difference[] {
  if (!isMap(here) || !isMap(there)) return [];
  return between(here, there, []).filter(({ path }) => !notSettings.has(path[0] ?? ''));
}

/** The edit that gives the first environment what the second one has. */
export function editFor({ path, there }: Difference): FileEdit {
  return { path, value: there ?? null };
}

/** The other way round: the second gets what the first one has. */
export function reverseEditFor({ path, here }: Difference): FileEdit {
  return { path, value: here ?? null };
}

type PlainMap = Readonly<Record<string, unknown>>;

function between(here: PlainMap, there: PlainMap, path: readonly string[]): readonly Difference[] {
  const keys = new Set([...Object.keys(here), ...Object.keys(there)]);
  return [...keys].flatMap((key) => {
    const [left, right] = [here[key], there[key]];
    const place = [...path, key];
    if (isMap(left) && isMap(right)) return between(left, right, place);
    if (JSON.stringify(left) === JSON.stringify(right)) return [];
    return [{ path: place, here: left as FileValue, there: right as FileValue }];
  });
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
