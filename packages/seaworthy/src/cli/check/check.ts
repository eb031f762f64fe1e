import { check } from '../../check/check.ts';
import { rules } from '../../check/rules/rules.ts';
import { assess } from '../../check/set-aside/assess.ts';
import { outcomeOf } from '../../report/check/counts.ts';
import { printGitHub } from '../../report/check/github.ts';
import { printCheckJson } from '../../report/check/json.ts';
import { printJUnit } from '../../report/check/junit.ts';
import { relocated } from '../../report/check/relocated.ts';
import type { CheckReport } from '../../report/check/report.ts';
import { printSarif } from '../../report/check/sarif.ts';
import { printCheckText } from '../../report/check/text.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';
import { loadLandscape } from '../load-landscape.ts';
import { commandLine } from '../simulation/command-line.ts';
import { readVersion } from '../version.ts';
import type { CheckArguments } from './arguments.ts';
import { saveBaseline, whatWasSaid } from './said.ts';

/** Checks a folder, prints what was found, and says how to exit. */
export async function runCheck(folder: string, options: CheckArguments): Promise<ExitCode> {
  const landscape = loadLandscape(folder);
  const { findings, undecided } = check(landscape, rules);
  const assessment = assess(findings, whatWasSaid(folder, options.baseline));
  const { read, notUnderstood } = landscape;
  const report: CheckReport = {
    ...relocated({ assessment, undecided, read, notUnderstood }, folder),
    checked: folder,
    environment: undefined,
    against: undefined,
    rules,
    failOn: options.failOn,
    command: commandOf(folder, options),
    version: readVersion(),
  };
  if (options.writeBaseline !== undefined) {
    return writeBaseline(options.writeBaseline, report);
  }
  process.stdout.write(printed(report, options));
  return exitCodeOf(outcomeOf(report));
}

/** Findings that are ignored are not among them: they have a last day, which a baseline has not. */
async function writeBaseline(file: string, { assessment }: CheckReport): Promise<ExitCode> {
  const inBaseline = assessment.setAside.filter(({ by }) => by === 'baseline');
  const accepted = [...assessment.findings, ...inBaseline.map(({ finding }) => finding)];
  await saveBaseline(file, accepted);
  process.stdout.write(`wrote ${file}: ${accepted.length} accepted\n`);
  return ExitCode.ok;
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
function commandOf(folder: string, { failOn, baseline }: CheckArguments): string {
  const words = ['seaworthy', 'check', folder];
  if (failOn !== 'high') words.push('--fail-on', failOn);
  if (baseline !== undefined) words.push('--baseline', baseline);
  return commandLine(words);
}
