import { check } from '../../check/check.ts';
import { rules } from '../../check/rules/rules.ts';
import { hasFailed } from '../../report/check/counts.ts';
import { printGitHub } from '../../report/check/github.ts';
import { printCheckJson } from '../../report/check/json.ts';
import { printJUnit } from '../../report/check/junit.ts';
import { relocated } from '../../report/check/relocated.ts';
import type { CheckReport } from '../../report/check/report.ts';
import { printSarif } from '../../report/check/sarif.ts';
import { printCheckText } from '../../report/check/text.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode } from '../exit-code.ts';
import { loadLandscape } from '../load-landscape.ts';
import { commandLine } from '../simulation/command-line.ts';
import { readVersion } from '../version.ts';
import type { CheckArguments } from './arguments.ts';

/** Checks a folder, prints what was found, and says how to exit. */
export function runCheck(folder: string, options: CheckArguments): ExitCode {
  const landscape = loadLandscape(folder);
  const { findings, undecided } = check(landscape, rules);
  const { read, notUnderstood } = landscape;
  const seen = relocated({ findings, undecided, read, notUnderstood }, folder);
  const report: CheckReport = {
    ...seen,
    checked: folder,
    environment: undefined,
    against: undefined,
    assessment: { findings: seen.findings, setAside: [], notes: [] },
    rules,
    failOn: options.failOn,
    command: commandOf(folder, options),
    version: readVersion(),
  };
  process.stdout.write(printed(report, options));
  if (read.length === 0) return ExitCode.inconclusive;
  return hasFailed(report) ? ExitCode.failed : ExitCode.ok;
}

function printed(report: CheckReport, { format, color, all }: CheckArguments): string {
  switch (format) {
    case 'text':
      return printCheckText(report, {
        colour: wantsColour(process.stdout, color),
        all: all ?? false,
      });
    case 'json':
      return printCheckJson(report);
    case 'sarif':
      return printSarif(report);
    case 'github':
      return printGitHub(report);
    case 'junit':
      return printJUnit(report);
  }
}

/** What shows the same again, for people: the format is theirs. */
function commandOf(folder: string, { failOn }: CheckArguments): string {
  const words = ['seaworthy', 'check', folder];
  if (failOn !== 'high') words.push('--fail-on', failOn);
  return commandLine(words);
}
