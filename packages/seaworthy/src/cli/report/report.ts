import { reduceRun } from '../../report/html/reduce.ts';
import { printVerdict } from '../../report/terminal.ts';
import { trialOfRecord } from '../../report/trial-of-record.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode } from '../exit-code.ts';
import { commandLine } from '../simulation/command-line.ts';
import { UsageError } from '../usage-error.ts';
import { writePage } from './page-file.ts';
import { type ReadRun, readRun } from './read-run.ts';

export interface ReportArguments {
  readonly html?: string | true;
  readonly all?: true;
  readonly color: boolean;
}

/** More would be lines over each other: a page compares two. */
const RUNS_MAX = 2;

/** Shows the runs of these records, and says how to exit. */
export async function runReport(
  folders: readonly string[],
  options: ReportArguments,
): Promise<ExitCode> {
  if (folders.length > RUNS_MAX) {
    throw new UsageError(`a report compares two runs, not ${folders.length}`);
  }
  const runs = await Promise.all(folders.map((folder) => readRun(folder)));
  if (options.html === undefined) print(runs, options);
  else await write(runs, options.html === true ? 'report.html' : options.html);
  return ExitCode.ok;
}

async function write(runs: readonly ReadRun[], file: string): Promise<void> {
  const shown = runs.map(({ folder, run, verdict }) =>
    reduceRun({ label: folder, record: folder, command: undefined, run, verdict }),
  );
  await writePage(file, { schema: 1, runs: shown, limits: undefined });
  process.stdout.write(`wrote ${file}\n`);
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
