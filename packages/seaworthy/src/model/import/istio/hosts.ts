import type { KubernetesObject } from '../kubernetes/objects.ts';

/** An object of the mesh, and the hosts that it is about. */
export interface HostObject {
  readonly object: KubernetesObject;
  readonly hosts: readonly string[];
}

type Kind = 'VirtualService' | 'DestinationRule';

const known = new WeakMap<readonly KubernetesObject[], Map<Kind, readonly HostObject[]>>();

/** Those of one kind. They are asked for once for each edge, and looked for only once. */
export function hostObjects(
  objects: readonly KubernetesObject[],
  wanted: Kind,
): readonly HostObject[] {
  const byKind = known.get(objects) ?? new Map<Kind, readonly HostObject[]>();
  known.set(objects, byKind);
  const before = byKind.get(wanted);
  if (before !== undefined) return before;
  const found = objects
    .filter(({ kind, apiVersion }) => {
      return kind === wanted && apiVersion.startsWith('networking.istio.io/');
    })
    .map((object) => ({ object, hosts: hostsOf(object) }));
  byKind.set(wanted, found);
  return found;
}

function hostsOf({ kind, value }: KubernetesObject): readonly string[] {
  if (kind === 'DestinationRule') return [value.get('spec', 'host')?.text ?? ''];
  return (value.get('spec', 'hosts')?.items ?? []).map((host) => host.text ?? '');
}
