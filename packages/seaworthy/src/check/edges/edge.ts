import type { CallEdge, FileOrigin, Origin, PolicyLayer } from '../../model/import/landscape.ts';
import { placeOf } from '../decide.ts';
import { text } from '../evidence.ts';
import type { Evidence } from '../finding.ts';

/** `web -> payments`. */
export function edgeName({ from, to }: CallEdge): string {
  return `${from} -> ${to}`;
}

/** That nothing but an address for several workloads shows this call, where it is so. */
export function doubtOf(edge: CallEdge): readonly Evidence[] {
  if (edge.found.value !== 'shared' || edge.measured !== undefined) return [];
  const why = 'several workloads are given it at once, and nothing says which of them calls';
  return [text(`address of ${edge.to}`, { value: 'shared', origin: { kind: 'guess', why } })];
}

/** The place of a setting, else of its layer, else of what shows that there is such an edge. */
export function edgePlace(
  edge: CallEdge,
  layer?: PolicyLayer,
  origin?: Origin,
): FileOrigin | undefined {
  return placeOf(origin, layer?.at, edge.found.origin, ...edge.layers.map(({ at }) => at));
}

/** `istio on web -> payments`; an only layer needs no name. */
export function layerName(edge: CallEdge, layer: PolicyLayer): string {
  return edge.layers.length === 1 ? edgeName(edge) : `${edgeName(edge)} (${layer.who})`;
}
