import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Mesh } from '../landscape.ts';
import type { Value } from '../values/value.ts';

/**
 * What shows that the workloads run in the mesh: its objects, or the label or annotation that
 * injects it. A gateway and what it routes are no evidence: they stand before the workloads, not
 * beside them.
 */
export function meshOf(objects: readonly KubernetesObject[]): Mesh | undefined {
  const found = objects.find(isOfIstio);
  return found && { name: 'istio', at: found.value.origin, version: undefined };
}

function isOfIstio({ apiVersion, kind, value }: KubernetesObject): boolean {
  if (/^(networking|security|telemetry|install)\.istio\.io\//.test(apiVersion)) {
    return kind !== 'Gateway' && (kind !== 'VirtualService' || isOfMesh(value));
  }
  if (isInjected(value.get('metadata')) || isInjected(value.get('spec', 'template', 'metadata'))) {
    return true;
  }
  if (kind !== 'Namespace') return false;
  const labels = value.get('metadata', 'labels');
  const injected = labels?.get('istio-injection')?.text === 'enabled';
  return injected || labels?.get('istio.io/rev') !== undefined;
}

/** Without gateways it is for calls within the mesh; with some, where `mesh` is among them. */
function isOfMesh(virtualService: Value): boolean {
  const gateways = virtualService.get('spec', 'gateways');
  return gateways === undefined || gateways.items.some((it) => it.text === 'mesh');
}

/** `proxy.istio.io/config`, `sidecar.istio.io/inject`: somebody thought of the sidecar. */
function isInjected(metadata: Value | undefined): boolean {
  const marks = ['annotations', 'labels'].flatMap((it) => metadata?.get(it)?.entries ?? []);
  return marks.some(
    ([name, value]) => /^(sidecar|proxy)\.istio\.io\//.test(name) && value.text !== 'false',
  );
}
