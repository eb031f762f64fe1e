import { layerTo } from '../istio/routes.ts';
import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { CallEdge, EdgeEvidence, FileOrigin, Mesh, Workload } from '../landscape.ts';
import { hostsIn, Names } from './names.ts';

/** The calls that variables show, each with what the mesh does to it. */
export function edgesOf(
  workloads: readonly Workload[],
  objects: readonly KubernetesObject[],
  mesh: Mesh | undefined,
): readonly CallEdge[] {
  const names = new Names(workloads);
  const edges = new Map<string, CallEdge>();
  const add = (from: string, to: string, evidence: EdgeEvidence, origin: FileOrigin): void => {
    const id = `${from}\n${to}`;
    if (from === to || edges.has(id)) return;
    const layers = mesh === undefined ? [] : [layerTo((host) => names.of(host) === to, objects)];
    edges.set(id, {
      from,
      to,
      found: { value: evidence, origin },
      layers,
      writes: undefined,
      optional: undefined,
      measured: undefined,
    });
  };
  for (const workload of workloads) {
    for (const { name, value, at } of workload.containers.flatMap((it) => it.environment)) {
      for (const host of hostsIn(name, value?.value ?? '')) {
        const to = names.of(host);
        if (to !== undefined) add(workload.serves, to, 'environment', at);
      }
    }
  }
  return [...edges.values()];
}
