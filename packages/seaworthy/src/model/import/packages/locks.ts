import { z } from 'zod';

import { Source } from '../../source/source.ts';
import type { FileOrigin, NotUnderstood, Setting } from '../landscape.ts';

/** Exact versions of the packages that a folder depends on itself, by name. */
export type Locked = ReadonlyMap<string, Setting<string>>;

const npmLock = z.object({
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })).optional(),
  dependencies: z.record(z.string(), z.looseObject({ version: z.string() })).optional(),
});

/** Of a package-lock.json; `folder` is that of a workspace within it, or empty. */
export function npmVersions(
  source: Source,
  folder: string,
  notUnderstood: NotUnderstood[],
): Locked {
  let parsed;
  try {
    parsed = npmLock.safeParse(JSON.parse(source.text));
  } catch {
    parsed = undefined;
  }
  const locked = new Map<string, Setting<string>>();
  if (!parsed?.success) {
    const why = 'not a lock file of npm, version 1 to 3';
    notUnderstood.push({ file: source.fileName, line: 1, column: 1, why, isBroken: true });
    return locked;
  }
  const add = (name: string, version: string | undefined, key: string): void => {
    if (version === undefined) return;
    locked.set(name, { value: version, origin: placeOf(source, `"${key}":`) });
  };
  const { packages = {}, dependencies = {} } = parsed.data;
  for (const [name, { version }] of Object.entries(dependencies)) add(name, version, name);
  const own = folder === '' ? '' : `${folder}/`;
  for (const prefix of ['node_modules/', `${own}node_modules/`]) {
    for (const [key, { version }] of Object.entries(packages)) {
      // Those of packages' own are no concern of the folder.
      if (!key.startsWith(prefix) || key.includes('/node_modules/', prefix.length)) continue;
      add(key.slice(prefix.length), version, key);
    }
  }
  return locked;
}

/** An entry of a yarn.lock, versions 1 and later: its names, and its version. */
const yarnEntry =
  /^"?((?:@[\w.-]+\/)?[\w.-]+)@[^\n]*:\n(?:[ \t]+[^\n]*\n)*?[ \t]+version:? "?([\w.+-]+)"?/gm;

/** Of a yarn.lock. */
export function yarnVersions(source: Source): Locked {
  const locked = new Map<string, Setting<string>>();
  for (const match of source.text.matchAll(yarnEntry)) {
    const [, name, version] = match;
    if (!locked.has(name!)) {
      locked.set(name!, { value: version!, origin: originOf(source, match.index) });
    }
  }
  return locked;
}

/** `/pg@8.11.0:`, `'@aws-sdk/client-s3@3.1.0':`, `/pg/8.11.0:` under `packages`. */
const pnpmEntry =
  /^ {2}['"]?\/?((?:@[\w.-]+\/)?[\w.-]+)[@/](\d+\.\d+\.\d+[\w.+-]*)(?:\([^\n]*\))?['"]?:/gm;

/** Of a pnpm-lock.yaml. */
export function pnpmVersions(source: Source): Locked {
  const locked = new Map<string, Setting<string>>();
  for (const match of source.text.matchAll(pnpmEntry)) {
    const [, name, version] = match;
    if (!locked.has(name!)) {
      locked.set(name!, { value: version!, origin: originOf(source, match.index) });
    }
  }
  return locked;
}

function placeOf(source: Source, text: string): FileOrigin {
  return originOf(source, Math.max(0, source.text.indexOf(text)));
}

function originOf(source: Source, offset: number): FileOrigin {
  return { kind: 'file', file: source.fileName, ...source.position(offset) };
}
