import { Command, Option } from 'commander';

import type { CheckArguments } from '../check/arguments.ts';

/** `seaworthy check`. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Find assumptions that contradict each other, in the files of a folder.')
    .argument('[folder]', 'where to look', '.')
    .option('--env <name>', 'only what belongs to this environment, and what all share')
    .option('--against <name or path>', 'say what differs in this environment, folder or file')
    .option('--demonstrate [finding]', 'simulate what was found, as it is and with what would pass')
    .option('--seed <number>', 'of these simulations (default: as the file says, else 1)')
    .option('--rehearsed <hash>', 'fail unless the policies are those with this hash')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on')
        .choices(['critical', 'high', 'medium', 'low', 'info', 'never'])
        .default('high'),
    )
    .option('--baseline <file>', 'accept the findings that this file has')
    .option('--write-baseline <file>', 'write such a file with the findings of today')
    .addOption(
      new Option('--format <format>', 'of the report')
        .choices(['text', 'json', 'sarif', 'github', 'junit'])
        .default('text'),
    )
    .option('--all', 'also all that could not be decided, and all that was set aside')
    .option('--no-color', 'without colours (also: NO_COLOR=1)')
    .action(async (folder: string, options: CheckArguments) => {
      const { runCheck } = await import('../check/check.ts');
      process.exitCode = await runCheck(folder, options);
    });
}
