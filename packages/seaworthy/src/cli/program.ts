import { Command } from 'commander';

import { checkCommand } from './verbs/check.ts';
import { explainCommand } from './verbs/explain.ts';
import { faultsCommand } from './verbs/faults.ts';
import { fidelityCommand } from './verbs/fidelity.ts';
import { initCommand } from './verbs/init.ts';
import { limitsCommand } from './verbs/limits.ts';
import { rehearseCommand } from './verbs/rehearse.ts';
import { reportCommand } from './verbs/report.ts';
import { simulateCommand } from './verbs/simulate.ts';

/** All verbs. Each loads what it needs when it is used: `--version` must not wait for a schema. */
export function buildProgram(version: string): Command {
  const program = new Command('seaworthy')
    .description('Finds the failures that appear only under production load, before production.')
    .version(version, '--version', 'print the version')
    .helpOption(helpFlags, helpText)
    .helpCommand(false)
    .addHelpText('after', exitCodes);
  const verbs = [
    initCommand(),
    checkCommand(),
    simulateCommand(),
    limitsCommand(),
    rehearseCommand(),
    reportCommand(),
    faultsCommand(),
    explainCommand(),
    fidelityCommand(),
  ];
  for (const verb of verbs) program.addCommand(verb.helpOption(helpFlags, helpText));
  // Of the verbs too: what is wrong is told by the caller, with an exit code of our own.
  for (const command of [program, ...verbs]) {
    const called = command === program ? 'seaworthy' : `seaworthy ${command.name()}`;
    command
      .exitOverride()
      .showHelpAfterError(`see ${called} --help`)
      .configureOutput({
        outputError: (text, write) =>
          write(text.replace(/\(Did you mean (.*)\?\)/, 'did you mean "$1"?')),
      });
  }
  return program;
}

const helpFlags = '-h, --help';
const helpText = 'print this help';

const exitCodes = `
Exit codes:
  0 ok                 1 objectives or findings failed    2 bad usage or file
  3 inconclusive       70 internal error                  130 interrupted`;
