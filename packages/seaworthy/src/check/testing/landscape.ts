import type { Landscape } from '../../model/import/landscape.ts';
import { readModelFile } from '../../model/import/model-file/read-model-file.ts';

/** Nothing was found. */
const nothing: Landscape = {
  workloads: [],
  edges: [],
  routes: [],
  mesh: undefined,
  databases: [],
  pools: [],
  poolers: [],
  caches: [],
  servers: [],
  libraries: [],
  canaries: [],
  alerts: [],
  objectives: [],
  certificates: [],
  environmentFiles: [],
  variableReads: [],
  measured: [],
  models: [],
  read: [],
  notUnderstood: [],
};

/** What a seaworthy.yaml with this text says. */
export function modelLandscape(text: string): Landscape {
  const { model, edges } = readModelFile(text, 'seaworthy.yaml');
  return { ...nothing, edges, models: [model] };
}
