import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatProblems, ModelError } from '../model/problem.ts';
import { readModel } from '../model/read.ts';
import type { ReadResult } from '../model/read.ts';
import { FileError } from './file-error.ts';

/** The last one that was read: who makes twenty policies from a file reads it once. */
let last: { readonly text: string; readonly id: string; readonly read: ReadResult } | undefined;

/**
 * Takes something out of a file.
 *
 * @throws FileError where that is not possible.
 */
export function readFile<T>(
  file: string | URL,
  environment: string | undefined,
  take: (read: ReadResult) => T,
): T {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  const text = textOf(path);
  try {
    return take(modelOf(text, path, environment));
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new FileError(formatProblems(error), error.problems);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new FileError(`cannot read ${path}: ${why}`, [], error);
  }
}

function modelOf(text: string, path: string, environment: string | undefined): ReadResult {
  const id = JSON.stringify([path, environment]);
  if (last === undefined || last.text !== text || last.id !== id) {
    const read = readModel(text, path, environment === undefined ? {} : { environment });
    last = { text, id, read };
  }
  return last.read;
}
