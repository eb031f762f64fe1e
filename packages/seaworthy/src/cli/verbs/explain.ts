import { Command } from 'commander';

import { ExitCode } from '../exit-code.ts';

/** `seaworthy explain`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Print the effective model, and where each value comes from.')
    .argument('[file]', 'the model', 'seaworthy.yaml')
    .option('--env <name>', 'with the overlay of this environment')
    .action(async (file: string, options: { readonly env?: string }) => {
      const { loadModel } = await import('../load-model.ts');
      const { explain } = await loadModel(file, options.env);
      const { renderExplain } = await import('../../model/explain-text.ts');
      process.stdout.write(renderExplain(explain));
      process.exitCode = ExitCode.ok;
    });
}
