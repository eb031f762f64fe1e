import { createReadStream } from 'node:fs';

import { fileFailure } from './file-failure.ts';
import { UsageError } from './usage-error.ts';

/**
 * More is read of no file: it is far above what a model may have, and what has no end is no model.
 */
const modelBytesMax = 16e6;

/**
 * The text of a file.
 *
 * @param hint What to do where there is no such file.
 * @param bytesMax Of a longer one the beginning is no use. Default: as long as a model may be.
 * @throws UsageError when it cannot be read.
 */
export async function readText(
  file: string,
  hint?: string,
  bytesMax: number = modelBytesMax,
): Promise<string> {
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
  const bytes = Buffer.concat(chunks);
  if (bytes.length > bytesMax) {
    throw new UsageError(`cannot read ${file}: it is longer than ${bytesMax / 1e6} MB`);
  }
  return bytes.toString('utf8');
}
