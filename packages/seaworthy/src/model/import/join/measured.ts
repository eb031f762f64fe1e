import type { CallEdge, MeasuredService } from '../landscape.ts';
import type { Measured } from '../traces/measure.ts';
import type { Names } from './names.ts';

/** Several files of traces may speak of the same: the one with the most requests counts. */
export function measuredServices(
  files: readonly Measured[],
  names: Names,
): readonly MeasuredService[] {
  const services = new Map<string, MeasuredService>();
  for (const found of files.flatMap((it) => it.services)) {
    const service = names.of(found.service) ?? found.service;
    const known = services.get(service);
    if (known !== undefined && known.requests.value >= found.requests.value) continue;
    const order = found.order.map((group) => group.map((it) => names.of(it) ?? it));
    services.set(service, { ...found, service, order });
  }
  return [...services.values()];
}

/** The edges with what was measured of them, and those that only traces show. */
export function withMeasured(
  edges: readonly CallEdge[],
  files: readonly Measured[],
  names: Names,
): readonly CallEdge[] {
  const all = new Map(edges.map((it) => [`${it.from}\n${it.to}`, it]));
  for (const { from, to, calls } of files.flatMap((it) => it.edges)) {
    const [caller, callee] = [names.of(from) ?? from, names.of(to) ?? to];
    const id = `${caller}\n${callee}`;
    const known = all.get(id);
    if (known?.measured !== undefined) continue;
    const found = { value: 'trace' as const, origin: calls.perRequest.origin };
    const bare = { from: caller, to: callee, found, layers: [], writes: undefined };
    all.set(id, { ...(known ?? { ...bare, optional: undefined }), measured: calls });
  }
  return [...all.values()];
}
