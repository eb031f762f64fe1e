import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';

import { ExitCode } from '../exit-code.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

/** `seaworthy init`. */
export function initCommand(): Command {
  return new Command('init')
    .description('Write a first model to start from. Never overwrites a file.')
    .argument('[file]', 'the model to write', 'seaworthy.yaml')
    .action(async (file: string) => {
      const { starter } = await import('../starter.ts');
      try {
        await writeFile(file, starter, { flag: 'wx' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
          throw new UsageError(
            `${file} exists already, and init never overwrites`,
            'name another file: seaworthy init other.yaml',
          );
        }
        throw fileFailure(error, 'write', file);
      }
      const argument = file === 'seaworthy.yaml' ? '' : ` ${file}`;
      process.stdout.write(`wrote ${file}\nnext: seaworthy simulate${argument}\n`);
      process.exitCode = ExitCode.ok;
    });
}
