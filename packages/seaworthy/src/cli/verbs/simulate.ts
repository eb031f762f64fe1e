import { Argument, Command } from 'commander';

import type { SimulateArguments } from '../simulate/arguments.ts';
import { collect } from './collect.ts';
import { withOutputOptions } from './output-options.ts';

/** `seaworthy simulate`. */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description('Run the system of a file in virtual time and judge it.')
    .addArgument(
      new Argument('[files...]', 'the models; of several each is told in short').default(
        ['seaworthy.yaml'],
        'seaworthy.yaml',
      ),
    )
    .option('--scenario <name>', 'only this one; "calm" is the run without faults (default: all)')
    .option('--env <name>', 'with the overlay of this environment')
    .option('--against <name>', 'hold it against this environment, and say what decides')
    .option('--seed <number>', 'of the first replication (default: as the file says, else 1)')
    .option('--replications <number>', 'how many seeds (default: as the file says, else 5)')
    .option('--for <duration>', 'simulated time of each, such as 300s (default: as the file says)')
    .option('--recorded <source=file>', 'arrivals of a HAR file, an access log, or traces', collect)
    .option('--out <folder>', 'where the run record goes (default: below .seaworthy/runs)')
    .option('--no-try', 'do not simulate the changes that findings suggest')
    .option('--all', 'show every edge, not only those that matter');
  return withOutputOptions(command).action(async (files: string[], options: SimulateArguments) => {
    const { runSimulate } = await import('../simulate/simulate.ts');
    process.exitCode = await runSimulate(files, options);
  });
}
