import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import type { FileOrigin, NotUnderstood, Package, Setting } from '../landscape.ts';
import type { Value } from '../values/value.ts';
import { textAt } from '../values/value.ts';
import { readYaml } from '../values/yaml.ts';
import type { Locked } from './locks.ts';
import { npmVersions, pnpmVersions, yarnVersions } from './locks.ts';
import { parseVersion } from './version.ts';

/** What a package.json says, with the exact versions of its lock file. */
export interface PackageFolder {
  /** Relative to what was read; `.` is that itself. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly at: FileOrigin;
  /** `engines.node`, as written. */
  readonly engines: Setting<string> | undefined;
  readonly start: Setting<string> | undefined;
  readonly packages: readonly Package[];
}

type Files = (path: string) => Source | undefined;

/** Reads a package.json, and the lock file that is nearest above it. */
export function readManifest(
  source: Source,
  files: Files,
  notUnderstood: NotUnderstood[],
): PackageFolder | undefined {
  const manifest = readYaml(source, notUnderstood)[0];
  if (manifest?.isMap !== true) return undefined;
  const folder = posix.dirname(source.fileName);
  const locked = lockedFor(folder, files, notUnderstood);
  return {
    folder,
    name: manifest.get('name')?.text,
    at: manifest.origin,
    engines: textAt(manifest, 'engines', 'node'),
    start: textAt(manifest, 'scripts', 'start'),
    packages: (manifest.get('dependencies')?.entries ?? [])
      .map(([name, range]) => packageOf(name, range, locked))
      .filter((it) => it !== undefined),
  };
}

/** The version that is installed; without a lock file only an exact one is known. */
function packageOf(name: string, range: Value, locked: Locked | undefined): Package | undefined {
  const known = locked?.get(name);
  if (known !== undefined) return { name, version: known };
  const exact = range.as((it) => (parseVersion(it.text ?? '') === undefined ? undefined : it.text));
  if (exact !== undefined) return { name, version: exact };
  const lowest = /\d+\.\d+\.\d+/.exec(range.text ?? '')?.[0];
  if (lowest === undefined) return undefined;
  const why = `the lowest of ${range.text}: there is no lock file`;
  return { name, version: { value: lowest, origin: { kind: 'guess', why } } };
}

function lockedFor(
  folder: string,
  files: Files,
  notUnderstood: NotUnderstood[],
): Locked | undefined {
  for (let above = folder; ; above = posix.dirname(above)) {
    const inside = posix.relative(above, folder);
    const npm =
      files(posix.join(above, 'package-lock.json')) ??
      files(posix.join(above, 'npm-shrinkwrap.json'));
    if (npm !== undefined) return npmVersions(npm, inside, notUnderstood);
    const yarn = files(posix.join(above, 'yarn.lock'));
    if (yarn !== undefined) return yarnVersions(yarn);
    const pnpm = files(posix.join(above, 'pnpm-lock.yaml'));
    if (pnpm !== undefined) return pnpmVersions(pnpm);
    if (above === '.' || above === '/') return undefined;
  }
}
