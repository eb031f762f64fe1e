import { Command } from 'commander';

import type { FidelityOptions } from '../fidelity.ts';

const defaultFolder = 'fidelity';

/** `seaworthy fidelity`. */
export function fidelityCommand(): Command {
  return new Command('fidelity')
    .description('Hold the engine to what files expect: closed forms and published results.')
    .argument('[paths...]', 'files with expectations, or folders of such files (default: fidelity)')
    .option('--short', 'without what is in folders named "long"')
    .option('--no-color', 'without colours (also: NO_COLOR=1)')
    .action(async (paths: string[], options: FidelityOptions) => {
      const { runFidelity } = await import('../fidelity.ts');
      process.exitCode = await runFidelity(paths.length > 0 ? paths : [defaultFolder], options);
    });
}
