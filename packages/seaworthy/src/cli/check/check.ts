import {
  check,
  checkBetween,
  checkRehearsed,
  type CheckResult,
  joined,
} from '../../check/check.ts';
import type { Side } from '../../check/drift/pair.ts';
import { policiesDigitsMin, policiesHash } from '../../check/drift/policies.ts';
import type { RuleText } from '../../check/rule.ts';
import { dr11 } from '../../check/rules/drift/dr11-not-rehearsed.ts';
import { driftRules, pairRules } from '../../check/rules/drift/rules.ts';
import { in01 } from '../../check/rules/input/in01-broken-file.ts';
import { rules } from '../../check/rules/rules.ts';
import { assess } from '../../check/set-aside/assess.ts';
import type { Landscape, NotUnderstood } from '../../model/import/landscape.ts';
import { outcomeOf } from '../../report/check/counts.ts';
import { printGitHub } from '../../report/check/github.ts';
import { printCheckJson } from '../../report/check/json.ts';
import { printJUnit } from '../../report/check/junit.ts';
import type { CheckReport } from '../../report/check/report.ts';
import { printSarif } from '../../report/check/sarif.ts';
import { printCheckText } from '../../report/check/text.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';
import { commandLine } from '../command-line.ts';
import { UsageError } from '../usage-error.ts';
import { readVersion } from '../version.ts';
import type { CheckArguments } from './arguments.ts';
import { withDemonstrations } from './demonstrations.ts';
import { loadSides } from './sides.ts';
import { saveBaseline, whatWasSaid } from './said.ts';

/** Checks a folder, prints what was found, and says how to exit. */
export async function runCheck(folder: string, options: CheckArguments): Promise<ExitCode> {
  const report = await checkFolder(folder, options);
  if (options.writeBaseline !== undefined) {
    return writeBaseline(options.writeBaseline, report);
  }
  process.stdout.write(printed(report, options));
  return exitCodeOf(outcomeOf(report));
}

/**
 * Checks a folder.
 *
 * @throws UsageError or ModelError where an option or what it names cannot be read.
 */
export async function checkFolder(folder: string, options: CheckArguments): Promise<CheckReport> {
  const { here, there } = loadSides(folder, options);
  const { read, notUnderstood } = inputsOf(here, there);
  const result =
    there === undefined ? check(here.landscape, rules) : compare(here, there, notUnderstood);
  const policies = policiesHash(here);
  const rehearsed = rehearsedResult(policies, options);
  const { findings, undecided } = joined(result, rehearsed);
  const shown = await withDemonstrations(findings, here.landscape, folder, options);
  const assessment = assess(shown, whatWasSaid(folder, options.baseline));
  return {
    assessment,
    undecided,
    read,
    notUnderstood,
    checked: folder,
    policies,
    environment: options.env,
    against: options.against,
    rules: asked(there, options),
    failOn: options.failOn,
    command: commandOf(folder, options),
    version: readVersion(),
  };
}

/** @throws UsageError where it is no hash. */
function rehearsedResult(policies: string | undefined, { rehearsed }: CheckArguments): CheckResult {
  if (rehearsed === undefined) return joined();
  if (/^[0-9a-f]+$/i.test(rehearsed) && rehearsed.length >= policiesDigitsMin) {
    return checkRehearsed(policies, rehearsed, dr11);
  }
  throw new UsageError(
    `option --rehearsed: "${rehearsed}" is no hash of policies`,
    `write what the check of the rehearsal printed: at least ${policiesDigitsMin} digits of it`,
  );
}

/** What differs, what of both is broken, what is wrong with what it is held against. */
function compare(here: Side, there: Side, notUnderstood: readonly NotUnderstood[]): CheckResult {
  return joined(
    checkBetween({ here, there }, pairRules),
    check({ ...there.landscape, notUnderstood }, [...driftRules, in01]),
  );
}

function asked(there: Side | undefined, { rehearsed }: CheckArguments): readonly RuleText[] {
  const some = there === undefined ? rules : [...driftRules, in01, ...pairRules];
  const all = rehearsed === undefined ? some : [...some, dr11];
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Files that both share are read twice, and named once. */
function inputsOf(here: Side, there: Side | undefined): Pick<Landscape, 'read' | 'notUnderstood'> {
  const landscapes = [here.landscape, ...(there === undefined ? [] : [there.landscape])];
  return {
    read: once(landscapes.flatMap(({ read }) => read)),
    notUnderstood: once(landscapes.flatMap(({ notUnderstood }) => notUnderstood)),
  };
}

function once<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Findings that are ignored are not among them: they have a last day, which a baseline has not. */
async function writeBaseline(file: string, { assessment }: CheckReport): Promise<ExitCode> {
  const inBaseline = assessment.setAside.filter(({ by }) => by === 'baseline');
  const accepted = [...assessment.findings, ...inBaseline.map(({ finding }) => finding)];
  await saveBaseline(file, accepted);
  process.stdout.write(`wrote ${file}: ${accepted.length} accepted\n`);
  return ExitCode.ok;
}

/** The report in the format that was asked for. */
export function printed(report: CheckReport, { format, color, all }: CheckArguments): string {
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
function commandOf(folder: string, options: CheckArguments): string {
  const { env, against, rehearsed, failOn, baseline } = options;
  const words = ['seaworthy', 'check', folder];
  if (env !== undefined) words.push('--env', env);
  if (against !== undefined) words.push('--against', against);
  if (rehearsed !== undefined) words.push('--rehearsed', rehearsed);
  if (failOn !== 'high') words.push('--fail-on', failOn);
  if (baseline !== undefined) words.push('--baseline', baseline);
  return commandLine(words);
}
