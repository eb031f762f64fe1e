import { Command, Option } from 'commander';

import type { SimulateArguments } from '../simulation/arguments.ts';

/** `seaworthy simulate`. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Run the system of a file in virtual time and judge it.')
    .argument('[file]', 'the model', 'seaworthy.yaml')
    .option('--scenario <name>', 'only this one; "calm" is the run without faults (default: all)')
    .option('--env <name>', 'with the overlay of this environment')
    .option('--against <name>', 'hold it against this environment, and say what decides')
    .option('--seed <number>', 'of the first replication (default: as the file says, else 1)')
    .option('--replications <number>', 'how many seeds (default: as the file says, else 5)')
    .option('--for <duration>', 'simulated time of each, such as 300s (default: as the file says)')
    .option('--out <folder>', 'where the run record goes (default: below .seaworthy/runs)')
    .addOption(
      new Option('--format <format>', 'of the report').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option('--progress <kind>', 'while it runs, on stderr')
        .choices(['auto', 'tty', 'plain', 'json', 'none'])
        .default('auto'),
    )
    .option('--no-try', 'do not simulate the changes that findings suggest')
    .option('--all', 'show every edge, not only those that matter')
    .option('--no-color', 'without colours (also: NO_COLOR=1)')
    .action(async (file: string, options: SimulateArguments) => {
      const { runSimulate } = await import('../simulation/simulation.ts');
      process.exitCode = await runSimulate(file, options);
    });
}
