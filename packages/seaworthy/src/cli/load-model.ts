import { createReadStream } from 'node:fs';

import { readModel } from '../model/read.ts';
import { fileFailure } from './file-failure.ts';
import { UsageError } from './usage-error.ts';

/**
 * More is read of no file: it is far above what a model may have, and what has no end is no model.
 */
const bytesMax = 16e6;

/**
 * Reads a model file.
 *
 * @throws UsageError when there is no such file, ModelError when it is wrong.
 */
export async function loadModel(
  file: string,
  environment: string | undefined,
): Promise<ReturnType<typeof readModel>> {
  const text = await readText(file);
  return readModel(text, file, environment === undefined ? {} : { environment });
}

async function readText(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: bytesMax })) {
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UsageError(
        `cannot read ${file}: there is no such file`,
        'seaworthy init writes a first one',
      );
    }
    throw fileFailure(error, 'read', file);
  }
  return Buffer.concat(chunks).toString('utf8');
}
