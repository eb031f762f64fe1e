import { Command, Option } from 'commander';

import type { LimitsArguments } from '../limits/arguments.ts';
import { withOutputOptions } from './output-options.ts';

/** `seaworthy limits`. */
export function limitsCommand(): Command {
  const command = new Command('limits')
    .description('Find out up to which load a system is stable, and what tips it.')
    .argument('[file]', 'the model', 'seaworthy.yaml')
    .option('--scenario <name>', 'whose faults grow; "calm" is a burst instead (default: all)')
    .option('--env <name>', 'with the overlay of this environment')
    .option('--source <name>', 'the traffic to turn up and down (default: all of it)')
    .addOption(
      new Option('--size <what>', 'what of the faults grows')
        .choices(['duration', 'magnitude'])
        .default('duration'),
    )
    .option('--precision <share>', 'how sharp the limits are to be, 1% to 20%', '2%')
    .option('--seed <number>', 'of the first run (default: as the file says, else 1)');
  return withOutputOptions(command).action(async (file: string, options: LimitsArguments) => {
    const { runLimits } = await import('../limits/limits.ts');
    process.exitCode = await runLimits(file, options);
  });
}
