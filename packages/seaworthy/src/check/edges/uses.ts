import type {
  CallEdge,
  FileOrigin,
  Landscape,
  PolicyLayer,
  Setting,
} from '../../model/import/landscape.ts';
import { placeOf } from '../decide.ts';
import { edgeName, edgePlace, layerName } from './edge.ts';

/** A layer of a call, or a library that is put around calls of which no file tells more. */
export interface LayerUse {
  /** `web -> payments`, or the workload that has the library. */
  readonly subject: string;
  /** For the names of numbers. */
  readonly name: string;
  readonly layer: PolicyLayer;
  readonly edge: CallEdge | undefined;
  /** The workload whose calls they are. */
  readonly owner: string;
  readonly at: FileOrigin | undefined;
}

/** All layers of all calls, and the libraries that no call is known to use. */
export function* layerUses(landscape: Landscape): Generator<LayerUse> {
  const used = new Set<string>();
  for (const edge of landscape.edges) {
    for (const layer of edge.layers) {
      used.add(`${edge.from}\n${layer.who}`);
      const name = layerName(edge, layer);
      const at = edgePlace(edge, layer);
      yield { subject: edgeName(edge), name, layer, edge, owner: edge.from, at };
    }
  }
  for (const { owner, who, version, layer } of landscape.libraries) {
    if (used.has(`${owner}\n${who}`)) continue;
    const workload = landscape.workloads.find(({ serves }) => serves === owner);
    const at = placeOf(version.origin, workload?.at);
    yield { subject: owner, name: who, layer, edge: undefined, owner, at };
  }
}

/** Those that may try more than once. */
export function* retryingUses(
  landscape: Landscape,
): Generator<LayerUse & { readonly attempts: Setting<number> }> {
  for (const use of layerUses(landscape)) {
    const { attempts } = use.layer;
    if (attempts !== undefined && attempts.value > 1) yield { ...use, attempts };
  }
}
