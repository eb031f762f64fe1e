import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Source } from '../../source/source.ts';
import type { NotUnderstood } from '../landscape.ts';
import type { FoundFile } from './walk.ts';

/** The output of a whole release is below this; traces are read in another way. */
const mostBytes = 5_000_000;

/** The text of a file, or undefined where it is too long or not a text, which is remarked. */
export function readTextFile(
  root: string,
  file: FoundFile,
  notUnderstood: NotUnderstood[],
): Source | undefined {
  const remark = (why: string): undefined => {
    notUnderstood.push({ file: file.path, line: 1, column: 1, why });
  };
  if (file.bytes > mostBytes) {
    const megabytes = Math.round(file.bytes / 1e6);
    return remark(`too long: ${megabytes} MB, at most ${mostBytes / 1e6} MB are read`);
  }
  let bytes;
  try {
    bytes = readFileSync(join(root, file.path));
  } catch (error) {
    return remark(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}`);
  }
  try {
    return new Source(file.path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const isWide = bytes[0] === 0xff || bytes[0] === 0xfe;
    return remark(isWide ? 'UTF-16: save it as UTF-8' : 'not a text in UTF-8');
  }
}
