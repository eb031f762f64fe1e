import type { Source } from '../source/source.ts';
import { readCompose } from './compose/read.ts';
import { readTextFile } from './discover/text-file.ts';
import { walk } from './discover/walk.ts';
import { meshOf } from './istio/mesh.ts';
import { routesOf } from './istio/routes.ts';
import { edgesOf } from './join/edges.ts';
import { objectsOf } from './kubernetes/objects.ts';
import { workloadsOf } from './kubernetes/workloads.ts';
import type { Landscape } from './landscape.ts';
import type { Parts } from './parts.ts';
import { emptyParts } from './parts.ts';
import type { Secrets } from './secrets.ts';
import { readYaml } from './values/yaml.ts';

/**
 * Reads all files of a folder that are known, and joins what they say of the system. What cannot be
 * read is remarked, and ends nothing.
 */
export function readLandscape(folder: string, secrets: Secrets): Landscape {
  const parts = emptyParts(secrets);
  for (const file of walk(folder, parts.notUnderstood)) {
    const source = readTextFile(folder, file, parts.notUnderstood);
    if (source !== undefined) readSource(source, parts);
  }
  return join(parts);
}

function readSource(source: Source, parts: Parts): void {
  const { fileName, text } = source;
  const read = (as: string): void => void parts.read.push({ file: fileName, as });
  if (/^apiVersion:|"apiVersion"/m.test(text) && /^\s*"?kind"?:/m.test(text)) {
    read('Kubernetes');
    const documents = readYaml(source, parts.notUnderstood);
    parts.kubernetes.push(...documents.flatMap(objectsOf));
  } else if (/^services:/m.test(text) && !/^seaworthy:/m.test(text)) {
    read('compose');
    readCompose(source, parts, { variables: new Map(), environmentFile: () => [] });
  }
}

function join(parts: Parts): Landscape {
  const { kubernetes, secrets, workloads, ...rest } = parts;
  const all = [...workloads, ...workloadsOf(kubernetes, secrets)];
  const mesh = meshOf(kubernetes);
  return {
    ...rest,
    workloads: all,
    edges: edgesOf(all, kubernetes, mesh),
    routes: kubernetes.flatMap(routesOf),
    mesh,
    pools: [],
    caches: [],
    servers: [],
    variableReads: [],
    measured: [],
  };
}
