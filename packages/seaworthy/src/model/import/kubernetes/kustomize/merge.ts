import type { Located, LocatedEntry, LocatedList, LocatedMap } from '../../../source/located.ts';
import type { Source } from '../../../source/source.ts';
import type { KubernetesObject } from '../objects.ts';

/**
 * What tells the items of a list apart, by the key of the list. Other lists are replaced.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/ ("patch merge key")
 */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
};

/**
 * Whether its lists are merged by keys: only of what Kubernetes itself defines are these known.
 * Lists of custom resources are replaced.
 */
export function hasMergeKeys({ apiVersion }: KubernetesObject): boolean {
  const [group, version] = apiVersion.split('/');
  return version === undefined || !group!.includes('.') || group!.endsWith('.k8s.io');
}

/** A patch as a strategic merge knows it. */
export interface MergePatch {
  readonly tree: Located;
  readonly source: Source;
  readonly mergesLists: boolean;
}

/** The tree with the patch in it. Undefined: the patch takes it away. */
export function strategicMerge(tree: Located, patch: MergePatch): Located | undefined {
  return merged(tree, patch.tree, '', patch);
}

/** @param key under which both stand */
function merged(
  base: Located | undefined,
  over: Located,
  key: string,
  patch: MergePatch,
): Located | undefined {
  if (over.kind === 'scalar' && over.value === null) return undefined;
  if (over.kind === 'map') {
    if (directive(over) === 'delete') return undefined;
    const isNew = base?.kind !== 'map' || directive(over) === 'replace';
    return mergedMap(isNew ? undefined : base, over, patch);
  }
  if (over.kind === 'list' && base?.kind === 'list' && patch.mergesLists) {
    const name = mergeKeys[key];
    const isNamed = [...base.items, ...over.items].every((it) => nameOf(it, name) !== undefined);
    if (isNamed) return mergedList(base, over, name!, patch);
  }
  return { ...over, source: patch.source };
}

function mergedMap(base: LocatedMap | undefined, over: LocatedMap, patch: MergePatch): LocatedMap {
  const entries = new Map<string, LocatedEntry>(base?.entries);
  for (const [key, entry] of over.entries) {
    if (key.startsWith('$')) continue;
    const value = merged(entries.get(key)?.value, entry.value, key, patch);
    if (value === undefined) entries.delete(key);
    else entries.set(key, { keyAt: entries.get(key)?.keyAt ?? entry.keyAt, value });
  }
  return base === undefined ? { ...over, entries, source: patch.source } : { ...base, entries };
}

function mergedList(
  base: LocatedList,
  over: LocatedList,
  name: string,
  patch: MergePatch,
): LocatedList {
  const items = new Map(base.items.map((it) => [nameOf(it, name), it]));
  for (const item of over.items) {
    const value = merged(items.get(nameOf(item, name)), item, '', patch);
    if (value === undefined) items.delete(nameOf(item, name));
    else items.set(nameOf(item, name), value);
  }
  return { ...base, items: [...items.values()] };
}

function directive(map: LocatedMap): unknown {
  const value = map.entries.get('$patch')?.value;
  return value?.kind === 'scalar' ? value.value : undefined;
}

function nameOf(item: Located, key: string | undefined): string | undefined {
  if (key === undefined || item.kind !== 'map') return undefined;
  const value = item.entries.get(key)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
}
