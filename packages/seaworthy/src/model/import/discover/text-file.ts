import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

import { Source } from '../../source/source.ts';
import type { NotUnderstood } from '../landscape.ts';
import { isTrace } from '../traces/read.ts';
import { mayBeTrace } from './interest.ts';
import type { FoundFile } from './walk.ts';

/** The output of a whole release is below this. */
const mostBytes = 5_000_000;
/** Some hundred thousand spans. */
const mostTraceBytes = 50_000_000;
/** What a file of traces is told by. */
const sniffedBytes = 4000;

/**
 * The text of a file, or undefined where it is too long or not a text, which is remarked.
 *
 * @param isDeployed whether it should have been read, by its path and the beginning of its text
 */
export function readTextFile(
  root: string,
  file: FoundFile,
  notUnderstood: NotUnderstood[],
  isDeployed: (path: string, start: string) => boolean,
): Source | undefined {
  const path = join(root, file.path);
  const remark = (why: string, start = ''): undefined => {
    const isBroken = isDeployed(file.path, start);
    notUnderstood.push({ file: file.path, line: 1, column: 1, why, isBroken });
  };
  let bytes;
  try {
    const isAnyJson = mayBeTrace(file.path);
    if (isAnyJson && !isTrace(startOf(path))) return undefined;
    const most = isAnyJson ? mostTraceBytes : mostBytes;
    if (file.bytes > most) {
      const megabytes = Math.round(file.bytes / 1e6);
      const why = `too long: ${megabytes} MB, at most ${most / 1e6} MB are read`;
      return remark(why, startOf(path));
    }
    bytes = readFileSync(path);
  } catch (error) {
    return remark(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}`);
  }
  try {
    return new Source(file.path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const isWide = bytes[0] === 0xff || bytes[0] === 0xfe;
    const start = new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
    return remark(isWide ? 'UTF-16: save it as UTF-8' : 'not a text in UTF-8', start);
  }
}

function startOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(sniffedBytes);
    return new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync(file);
  }
}
