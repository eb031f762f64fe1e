import { posix } from 'node:path';

import type { Located, LocatedEntry } from '../../../source/located.ts';
import type { Source } from '../../../source/source.ts';
import { parseDotenv } from '../../dotenv/parse.ts';
import type { NotUnderstood } from '../../landscape.ts';
import { Value } from '../../values/value.ts';
import type { KubernetesObject } from '../objects.ts';

/** A ConfigMap or Secret that a kustomization makes. */
export interface Generated {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** It adds to the one of the same name that was made below. */
  readonly merges: boolean;
  readonly entry: Value;
  readonly data: ReadonlyMap<string, LocatedEntry>;
}

type Files = (path: string) => Source | undefined;

const generators = { configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' } as const;

/** What the generators of a kustomization.yaml make. */
export function generatedBy(
  value: Value,
  folder: string,
  files: Files,
  notUnderstood: NotUnderstood[],
): readonly Generated[] {
  return Object.entries(generators).flatMap(([key, kind]) =>
    (value.get(key)?.items ?? []).flatMap((entry): readonly Generated[] => {
      const name = entry.get('name')?.text;
      if (name === undefined) return [];
      const merges = entry.get('behavior')?.text === 'merge';
      const data = new Map([
        ...variablesOf(entry, folder, files, notUnderstood),
        ...literalsOf(entry),
      ]);
      return [{ kind, name, merges, entry, data }];
    }),
  );
}

/** `LEVEL=info` */
function literalsOf(entry: Value): readonly (readonly [string, LocatedEntry])[] {
  return (entry.get('literals')?.items ?? []).flatMap((literal) => {
    const [, key, text] = /^([^=]+)=(.*)$/s.exec(literal.text ?? '') ?? [];
    if (key === undefined || text === undefined) return [];
    const unquoted = text.replace(/^(['"])(.*)\1$/s, '$2');
    return [[key, entryOf(unquoted, literal.located, literal.source)] as const];
  });
}

/** Of `envs` each line is a key; a file of `files` is one as a whole, and no variable. */
function variablesOf(
  entry: Value,
  folder: string,
  files: Files,
  notUnderstood: NotUnderstood[],
): readonly (readonly [string, LocatedEntry])[] {
  const named = [...(entry.get('envs')?.items ?? []), entry.get('env')];
  return named.flatMap((path) => {
    if (path?.text === undefined) return [];
    const source = files(posix.join(folder, path.text));
    if (source === undefined) {
      const { file, line, column } = path.origin;
      notUnderstood.push({ file, line, column, why: 'variables of a file that is not there' });
      return [];
    }
    return parseDotenv(source.text).map(({ name, value, offset }) => {
      const at = { at: { offset, length: name.length }, environment: undefined };
      return [name, entryOf(value, at, source)] as const;
    });
  });
}

function entryOf(
  text: string,
  { at, environment }: Pick<Located, 'at' | 'environment'>,
  source: Source,
): LocatedEntry {
  return { keyAt: at, value: { kind: 'scalar', value: text, text, at, environment, source } };
}

/** As an object like those that stand in files. Its name is without the hash of its content. */
export function objectOf({ kind, name, entry, data }: Generated): KubernetesObject {
  const { located, source } = entry;
  const stands = { at: located.at, environment: located.environment, source };
  const map = (entries: ReadonlyMap<string, LocatedEntry>): LocatedEntry => ({
    keyAt: located.at,
    value: { kind: 'map', entries, ...stands },
  });
  // The values of a Secret are plain here, and not encoded.
  const key = kind === 'Secret' ? 'stringData' : 'data';
  const tree = map(new Map([[key, map(data)]])).value;
  return {
    apiVersion: 'v1',
    kind,
    name,
    namespace: undefined,
    value: new Value(tree, source),
  };
}

/** What one root makes of all that is made below it, in order. */
export function combined(made: readonly Generated[]): readonly Generated[] {
  const byName = new Map<string, Generated>();
  for (const one of made) {
    const id = `${one.kind} ${one.name}`;
    const below = byName.get(id);
    const data = new Map([...(one.merges ? (below?.data ?? []) : []), ...one.data]);
    byName.set(id, { ...one, data });
  }
  return [...byName.values()];
}
