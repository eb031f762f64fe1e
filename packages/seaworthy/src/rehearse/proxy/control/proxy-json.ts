import { formatAddress } from '../address.ts';
import type { Edge } from '../edge.ts';
import type { FaultSettings } from '../fault.ts';
import type { ActiveFault } from '../plan/active-fault.ts';
import { attributesOf } from './attributes.ts';

/** An edge as clients of Toxiproxy know it, and what is ours. */
export function proxyJson(edge: Edge): Record<string, unknown> {
  return {
    name: edge.name,
    listen: formatAddress(edge.listen),
    upstream: formatAddress(edge.upstream),
    enabled: edge.isStarted,
    toxics: edge.plan.map(toxicJson),
    protocol: edge.protocol,
    connections: edge.connections,
  };
}

/** A fault as clients know it, and what it has done so far. */
export function toxicJson({ settings, drawn, hits }: ActiveFault): Record<string, unknown> {
  return { ...settingsJson(settings), drawn, hits };
}

/** A fault as it can be asked for. */
export function settingsJson(settings: FaultSettings): Record<string, unknown> {
  const { name, direction, effect, share, each, first, spells } = settings;
  return {
    name,
    type: effect.kind,
    stream: direction,
    toxicity: share,
    attributes: attributesOf(effect),
    each,
    first: first === Infinity ? null : first,
    spells: spells === undefined ? null : { on: `${spells.onMs}ms`, off: `${spells.offMs}ms` },
  };
}
