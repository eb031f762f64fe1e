import type { Edge, Model } from '../../model/model.ts';

/** How many callers an edge has, each with policies of its own: clients, or replicas. */
export function callersOf(model: Model, { from }: Edge): number {
  return from.kind === 'source'
    ? (model.sources[from.index]?.clients ?? 1)
    : (model.services[from.index]?.replicas.length ?? 1);
}
