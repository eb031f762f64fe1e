import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import type { Parts } from '../parts.ts';
import { readYaml } from '../values/yaml.ts';
import type { Variables } from './interpolation.ts';
import { interpolateTree } from './interpolation.ts';
import { serviceOf } from './service.ts';

/** What a compose file needs of the others. */
export interface Neighbours {
  /** `.env` beside it. */
  readonly variables: Variables;
  readonly environmentFile: Parameters<typeof serviceOf>[2]['environmentFile'];
}

/** Reads the services of a compose file. */
export function readCompose(source: Source, parts: Parts, neighbours: Neighbours): void {
  const folder = posix.dirname(source.fileName);
  const documents = readYaml(source, parts.notUnderstood, (tree) =>
    interpolateTree(tree, neighbours.variables),
  );
  for (const document of documents) {
    for (const [name, service] of document.get('services')?.entries ?? []) {
      const { environmentFile } = neighbours;
      const around = { secrets: parts.secrets, folder, environmentFile };
      parts.workloads.push(serviceOf(name, service, around));
    }
  }
}
