import { readFile } from 'node:fs/promises';

import { readModel } from '../model/read.ts';
import { fileFailure } from './file-failure.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads a model file.
 *
 * @throws UsageError when there is no such file, ModelError when it is wrong.
 */
export async function loadModel(
  file: string,
  environment: string | undefined,
): Promise<ReturnType<typeof readModel>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UsageError(
        `cannot read ${file}: there is no such file`,
        'seaworthy init writes a first one',
      );
    }
    throw fileFailure(error, 'read', file);
  }
  return readModel(text, file, environment === undefined ? {} : { environment });
}
