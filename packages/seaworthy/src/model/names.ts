import type { Model } from './model.ts';

/** The names that runs of a model refer to by index. */
export function namesOf({ services, edges, sources, queues, rows }: Model) {
  return {
    services: services.map((service) => service.name),
    edges: edges.map((edge) => edge.name),
    sources: sources.map((source) => source.name),
    queues: queues.map((queue) => queue.name),
    rows: rows.map((row) => row.name),
    replicasOfService: services.map((service) => service.replicas.length),
  };
}
