import type { Model } from './model.ts';
import { publishersOf } from './publishers.ts';

/** The names that runs of a model refer to by index. */
export function namesOf(model: Model) {
  const { services, edges, sources, queues, rows } = model;
  return {
    services: services.map((service) => service.name),
    edges: edges.map((edge) => edge.name),
    sources: sources.map((source) => source.name),
    queues: queues.map((queue) => queue.name),
    rows: rows.map((row) => row.name),
    // Few systems have any.
    ...(queues.length > 0 && {
      publishersOfQueue: publishersOf(model).map((some) => some.map((at) => services[at]!.name)),
    }),
    replicasOfService: services.map((service) => service.replicas.length),
  };
}
