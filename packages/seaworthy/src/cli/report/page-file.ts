import { readFile, writeFile } from 'node:fs/promises';

import { embed } from '../../report/html/embed.ts';
import type { PageDocument } from '../../report/html/page-run.ts';
import { fileFailure } from '../file-failure.ts';

/** The app, built into one file: it ships beside the compiled command line. */
const builtPage = new URL('../page.html', import.meta.url);

/** @throws Error when this copy was never built as a whole. */
export function readPage(): Promise<string> {
  return readFile(builtPage, 'utf8');
}

/** Writes a report that opens from disk. */
export async function writePage(file: string, document: PageDocument): Promise<void> {
  const html = embed(await readPage(), document);
  try {
    await writeFile(file, html);
  } catch (error) {
    throw fileFailure(error, 'write', file);
  }
}
