import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import { plainVariables, readDotenv } from '../dotenv/read.ts';
import type { Variable } from '../landscape.ts';
import type { Parts } from '../parts.ts';
import type { Neighbours } from './read.ts';

/** Files by their path: compose files take variables from others. */
export type Files = (path: string) => Source | undefined;

/** What a compose file takes from the files beside it. */
export function neighboursOf(file: string, files: Files, parts: Parts): Neighbours {
  const folder = posix.dirname(file);
  const beside = files(posix.join(folder, '.env'));
  return {
    variables: beside === undefined ? new Map() : plainVariables(beside.text),
    environmentFile(path): readonly Variable[] {
      const source = files(posix.join(folder, path));
      return source === undefined ? [] : readDotenv(source, parts.secrets).variables;
    },
  };
}

const composeName = /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/i;

export function isComposeName(path: string): boolean {
  return composeName.test(posix.basename(path));
}

/** `compose.yaml` itself, and not an addition to it such as `compose.prod.yaml`. */
export function isWhole(path: string): boolean {
  return /^(docker-)?compose\.ya?ml$/i.test(posix.basename(path));
}
