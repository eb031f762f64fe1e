import { Command } from 'commander';

import type { RehearseArguments } from '../rehearse/arguments.ts';
import { withOutputOptions } from './output-options.ts';

/** `seaworthy rehearse`. */
export function rehearseCommand(): Command {
  const command = new Command('rehearse')
    .description('Play the scenarios of a file on real processes and judge them.')
    .argument('[file]', 'the model', 'seaworthy.yaml')
    .option('--scenario <name>', 'only this one; "calm" is the run without faults (default: all)')
    .option('--env <name>', 'with the overlay of this environment')
    .option('--seed <number>', 'of all dice (default: as the file says, else 1)')
    .option('--for <duration>', 'how long each takes, such as 60s (default: as the file says)')
    .option('--out <folder>', 'where the run record goes (default: below .seaworthy/runs)')
    .option('--compare-simulation', 'hold a simulation with the times of a calm minute against it')
    .option('--all', 'show every edge, not only those that matter');
  return withOutputOptions(command).action(async (file: string, options: RehearseArguments) => {
    const { runRehearse } = await import('../rehearse/rehearsal.ts');
    process.exitCode = await runRehearse(file, options);
  });
}
