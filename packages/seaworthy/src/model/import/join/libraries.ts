import { drivers } from '../defaults/drivers.ts';
import { cloudClients, httpClients, wrappers } from '../defaults/http-clients.ts';
import type { LibraryDefault } from '../defaults/library.ts';
import type { Breaker, LibraryUse, Package, PolicyLayer, Setting, Workload } from '../landscape.ts';
import { isWithin } from '../packages/version.ts';
import { defaulted } from '../values/settings.ts';

const known = [...httpClients, ...cloudClients, ...wrappers, ...drivers];

/** A library of a workload, with what it does where the application says nothing. */
export interface KnownLibrary {
  readonly entry: LibraryDefault;
  readonly use: LibraryUse;
}

/** The libraries of a workload whose defaults are known. */
export function librariesOf(workload: Workload): readonly KnownLibrary[] {
  return packagesOf(workload).flatMap(({ name, version }) => {
    const entry = known.find((it) => isOf(it, name) && isWithin(version.value, it.from, it.below));
    const use = entry && useOf(workload.serves, entry, name, version);
    return use === undefined ? [] : [{ entry: entry!, use }];
  });
}

/** Exact versions, of all its containers. */
export function packagesOf({ containers }: Workload): readonly Package[] {
  return containers.flatMap(({ runtime }) => runtime?.packages ?? []);
}

function isOf({ package: of }: LibraryDefault, name: string): boolean {
  return of.endsWith('*') ? name.startsWith(of.slice(0, -1)) : name === of;
}

function useOf(
  owner: string,
  entry: LibraryDefault,
  name: string,
  version: Package['version'],
): LibraryUse {
  const who = `${name} ${version.value}`;
  return { owner, package: name, version, who, layer: layerOf(entry, who) };
}

function layerOf({ call, source, package: name }: LibraryDefault, who: string): PolicyLayer {
  const set = <T>(value: T): Setting<T> => defaulted(value, who, source);
  const at = set(name).origin;
  const layer: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(call ?? {})) {
    if (typeof value === 'object' && !Array.isArray(value)) layer[key] = settings(value, set);
    else layer[key] = set(value);
  }
  return { who, kind: 'library', at, ...layer };
}

/** Each value of a group as a setting. */
function settings(group: object, set: <T>(value: T) => Setting<T>): Partial<Breaker> {
  return Object.fromEntries(Object.entries(group).map(([key, value]) => [key, set(value)]));
}
