import { randomBytes } from 'node:crypto';

import type { Landscape } from '../model/import/landscape.ts';
import { readLandscape, type Selection } from '../model/import/read-landscape.ts';
import { Secrets } from '../model/import/secrets.ts';
import { fileFailure } from './file-failure.ts';

/** What is read, and how. */
export interface Reading extends Selection {
  /** Share one between landscapes that are compared. Default: new ones. */
  readonly secrets?: Secrets;
}

/**
 * Reads what the files of a folder say, or a single file.
 *
 * @throws UsageError when there is no such folder.
 */
export function loadLandscape(path: string, reading: Reading = {}): Landscape {
  const { secrets = newSecrets(), ...selection } = reading;
  try {
    return readLandscape(path, secrets, selection);
  } catch (error) {
    throw fileFailure(error, 'read', path);
  }
}

/** With a key of this process: nobody can find a secret by trying. */
export function newSecrets(): Secrets {
  return new Secrets(randomBytes(32));
}
