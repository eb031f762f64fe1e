import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Mesh } from '../landscape.ts';

/** What shows that the workloads run in the mesh: its objects, or the label that injects it. */
export function meshOf(objects: readonly KubernetesObject[]): Mesh | undefined {
  const found = objects.find(isOfIstio);
  return found && { name: 'istio', at: found.value.origin, version: undefined };
}

function isOfIstio({ apiVersion, kind, value }: KubernetesObject): boolean {
  if (/^(networking|security|telemetry|install)\.istio\.io\//.test(apiVersion)) return true;
  if (kind !== 'Namespace') return false;
  const labels = value.get('metadata', 'labels');
  const injected = labels?.get('istio-injection')?.text === 'enabled';
  return injected || labels?.get('istio.io/rev') !== undefined;
}
