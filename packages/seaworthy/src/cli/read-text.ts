import { createReadStream } from 'node:fs';

import { fileFailure } from './file-failure.ts';
import { UsageError } from './usage-error.ts';

/**
 * More is read of no file: it is far above what a model may have, and what has no end is no model.
 */
const bytesMax = 16e6;

/**
 * The text of a file.
 *
 * @param hint What to do where there is no such file.
 * @throws UsageError when it cannot be read.
 */
export async function readText(file: string, hint?: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: bytesMax })) {
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UsageError(`cannot read ${file}: there is no such file`, hint);
    }
    throw fileFailure(error, 'read', file);
  }
  return Buffer.concat(chunks).toString('utf8');
}
