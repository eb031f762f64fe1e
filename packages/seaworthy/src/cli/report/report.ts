import { labelsOf } from '../../report/html/labels.ts';
import { reduceRun } from '../../report/html/reduce.ts';
import { printVerdict } from '../../report/terminal.ts';
import { trialOfRecord } from '../../report/trial-of-record.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode } from '../exit-code.ts';
import { commandLine } from '../command-line.ts';
import { onInterrupt } from '../interrupt.ts';
import { UsageError } from '../usage-error.ts';
import { isLimitsFile, readLimits } from './read-limits.ts';
import { isRecorded } from './follow.ts';
import { writePage } from './page-file.ts';
import { type ReadRun, readRun } from './read-run.ts';
import { serve } from './serve.ts';
import { defaultReport } from './write-report.ts';

export interface ReportArguments {
  readonly html?: string | true;
  readonly serve?: string | true;
  readonly all?: true;
  readonly color: boolean;
}

/** More would be lines over each other: a page compares two. */
const RUNS_MAX = 2;

/** Shows the runs of these records, and says how to exit. */
export async function runReport(
  paths: readonly string[],
  options: ReportArguments,
): Promise<ExitCode> {
  const limitsFile = paths.find((path) => isLimitsFile(path));
  const folders = paths.filter((path) => path !== limitsFile);
  if (folders.length > RUNS_MAX) {
    throw new UsageError(`a report compares two runs, not ${folders.length}`);
  }
  if (options.html === undefined && limitsFile !== undefined) {
    throw new UsageError(`${limitsFile} is shown as a page`, 'add --html');
  }
  if (options.serve !== undefined) {
    await serveUntilInterrupted(folders, readPort(options.serve));
    return ExitCode.ok;
  }
  const runs = await Promise.all(folders.map((folder) => readRun(folder)));
  if (options.html === undefined) print(runs, options);
  else await write(runs, limitsFile, options.html === true ? defaultReport : options.html);
  return ExitCode.ok;
}

async function write(
  runs: readonly ReadRun[],
  limitsFile: string | undefined,
  file: string,
): Promise<void> {
  const labels = labelsOf(runs);
  const shown = runs.map(({ folder, run, verdict }, index) =>
    reduceRun({ label: labels[index]!, record: folder, command: undefined, run, verdict }),
  );
  const limits = limitsFile === undefined ? undefined : await readLimits(limitsFile);
  await writePage(file, { schema: 1, runs: shown, compared: true, limits });
  process.stdout.write(`wrote ${file}\n`);
}

function readPort(given: string | true): number {
  if (given === true) return 0;
  const port = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`option --serve: "${given}" is not a port from 0 to 65535`);
}

async function serveUntilInterrupted(folders: readonly string[], port: number): Promise<void> {
  for (const folder of folders) {
    // What is there must be a record; what is not may come.
    if (await isRecorded(folder)) await readRun(folder);
    else process.stderr.write(`waiting for ${folder}: nothing is recorded there yet\n`);
  }
  const { url, close } = await serve(folders, port);
  process.stdout.write(`${url}\n`);
  await new Promise<void>((resolve) => {
    const release = onInterrupt(() => {
      release();
      resolve();
    });
  });
  await close();
}

function print(runs: readonly ReadRun[], options: ReportArguments): void {
  const reports = runs.map(({ folder, run, verdict }) => {
    if (verdict === undefined) {
      throw new UsageError(
        `${folder} has no verdict: it was interrupted before it was judged`,
        'seaworthy report --html shows what there is',
      );
    }
    const command = commandLine(['seaworthy', 'report', folder]);
    return printVerdict(trialOfRecord(run, verdict, { record: folder, command }), {
      colour: wantsColour(process.stdout, options.color),
      all: options.all ?? false,
      timesRealTime: undefined,
    });
  });
  process.stdout.write(reports.join('\n\n'));
}
