import type { PageDocument } from '../../report/html/page-run.ts';
import { writePage } from './page-file.ts';

/** Where a page goes that nobody named. */
export const defaultReport = 'report.html';

/** Writes the page that was asked for beside a verdict, and says so where nobody reads on. */
export async function writeReport(
  file: string | true,
  document: Pick<PageDocument, 'runs' | 'limits'>,
): Promise<void> {
  const path = file === true ? defaultReport : file;
  await writePage(path, { schema: 1, compared: false, ...document });
  process.stderr.write(`wrote ${path}\n`);
}
