import type { Landscape, Origin, ReadModelFile } from '../../model/import/landscape.ts';
import type { Edge, Model, Service } from '../../model/model.ts';

/** A service of a seaworthy.yaml. */
export interface ModelService {
  readonly file: ReadModelFile;
  readonly service: Service;
  readonly index: number;
}

export function* modelServices({ models }: Landscape): Generator<ModelService> {
  for (const file of models) {
    for (const [index, service] of file.model.services.entries()) yield { file, service, index };
  }
}

export function modelService(landscape: Landscape, name: string): ModelService | undefined {
  for (const found of modelServices(landscape)) if (found.service.name === name) return found;
  return undefined;
}

/** Where a value of the file comes from: a default of the format where the file does not say it. */
export function modelOrigin({ position }: ReadModelFile, path: readonly string[]): Origin {
  const at = position(path);
  const above = position(path.slice(0, -1));
  // What is not said stands where the nearest above it does.
  const isSaid = at.line !== above.line || at.column !== above.column;
  return isSaid ? at : { kind: 'default', of: 'seaworthy.yaml', source: 'docs/file.md' };
}

/** An edge of a seaworthy.yaml. */
export interface ModelEdge {
  readonly file: ReadModelFile;
  readonly edge: Edge;
}

export function* modelEdges({ models }: Landscape): Generator<ModelEdge> {
  for (const file of models) for (const edge of file.model.edges) yield { file, edge };
}

/** The service, source or queue that calls. */
export function callerOf({ services, sources, queues }: Model, { from }: Edge): string {
  const lists = { service: services, source: sources, queue: queues };
  return lists[from.kind][from.index]!.name;
}
