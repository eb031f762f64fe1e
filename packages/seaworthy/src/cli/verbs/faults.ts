import { Command } from 'commander';

import type { FaultsArguments } from '../faults/arguments.ts';

/** `seaworthy faults`. */
export function faultsCommand(): Command {
  return new Command('faults')
    .description('Run the fault proxy alone. Clients of Toxiproxy drive it.')
    .argument('[file]', 'proxies and their toxics, as POST /populate takes them; YAML or JSON')
    .option('--api <address>', 'where the control API listens', '127.0.0.1:8474')
    .option(
      '--edge <edge>',
      'a proxy, such as payments=4001:127.0.0.1:4000; may be given more than once',
      (edge: string, before: readonly string[] | undefined) => [...(before ?? []), edge],
    )
    .option('--seed <number>', 'of all dice', '1')
    .option('--journal <file>', 'write every injected fault to this file, a line of JSON each')
    .action(async (file: string | undefined, options: FaultsArguments) => {
      const { runFaults } = await import('../faults/faults.ts');
      process.exitCode = await runFaults(file, options);
    });
}
