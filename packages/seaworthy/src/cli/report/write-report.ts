import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { PageDocument } from '../../report/html/page-run.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';
import { writePage } from './page-file.ts';

/** Where a page goes that nobody named. */
export const defaultReport = 'report.html';

/**
 * Finds out before the work whether the page has a place to go to.
 *
 * @param file What `--report` was given, if it was.
 * @throws UsageError when it has not.
 */
export async function prepareReport(file: string | true | undefined): Promise<void> {
  if (file === undefined) return;
  const path = pathOf(file);
  try {
    const there = await stat(path).catch(unlessMissing);
    if (there?.isDirectory() === true) throw new UsageError(`cannot write ${path}: it is a folder`);
    await access(there === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw fileFailure(error, 'write', path);
  }
}

/** Writes the page that was asked for beside a verdict, and says so where nobody reads on. */
export async function writeReport(
  file: string | true,
  document: Pick<PageDocument, 'runs' | 'limits'>,
): Promise<void> {
  const path = pathOf(file);
  await writePage(path, { schema: 1, compared: false, ...document });
  process.stderr.write(`wrote ${path}\n`);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function pathOf(file: string | true): string {
  return file === true ? defaultReport : file;
}
