import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

import { readTextFile } from './discover/text-file.ts';
import { walk, walkOne } from './discover/walk.ts';
import { join } from './join/join.ts';
import type { Landscape } from './landscape.ts';
import { emptyParts } from './parts.ts';
import { isDeployed, readSource } from './readers.ts';
import type { Secrets } from './secrets.ts';

/** What of a folder is read, and how. */
export interface Selection {
  /** Whether a file is to be read, by its path. Default: all. */
  readonly wants?: (path: string) => boolean;
  /** The overlay of each seaworthy.yaml that has one of this name. Default: none. */
  readonly environment?: string | undefined;
}

/**
 * Reads all files of a folder that are known, or one file, and joins what they say of the system.
 * What cannot be read is remarked, and ends nothing.
 */
export function readLandscape(
  path: string,
  secrets: Secrets,
  selection: Selection = {},
): Landscape {
  const { wants = () => true, environment } = selection;
  const parts = emptyParts(secrets, environment);
  const isFolder = statSync(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const found = isFolder ? walk(path, parts.notUnderstood) : walkOne(folder, basename(path));
  const sources = new Map(
    found
      .filter((file) => wants(file.path))
      .map((file) => [file.path, readTextFile(folder, file, parts.notUnderstood, isDeployed)]),
  );
  for (const source of sources.values()) {
    if (source !== undefined) readSource(source, parts, (other) => sources.get(other));
  }
  return join(parts);
}
