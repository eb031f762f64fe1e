import { randomBytes } from 'node:crypto';

import type { Landscape } from '../model/import/landscape.ts';
import { readLandscape } from '../model/import/read-landscape.ts';
import { Secrets } from '../model/import/secrets.ts';
import { fileFailure } from './file-failure.ts';

/**
 * Reads what the files of a folder say.
 *
 * @param secrets share one between landscapes that are compared; default: new ones
 * @throws UsageError when there is no such folder.
 */
export function loadLandscape(folder: string, secrets: Secrets = newSecrets()): Landscape {
  try {
    return readLandscape(folder, secrets);
  } catch (error) {
    throw fileFailure(error, 'read', folder);
  }
}

/** With a key of this process: nobody can find a secret by trying. */
function newSecrets(): Secrets {
  return new Secrets(randomBytes(32));
}
