import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';

import { ExitCode } from '../exit-code.ts';
import { fileFailure } from '../file-failure.ts';
import { UsageError } from '../usage-error.ts';

/** `seaworthy init`. */
export function initCommand(): Command {
  return new Command('init')
    .description('Write a first model to start from. Never overwrites a file.')
    .argument('[file]', 'the model to write', 'seaworthy.yaml')
    .option('--from <folder>', 'from what the files of a folder say, each guess marked')
    .action(async (file: string, options: { readonly from?: string }) => {
      const text = options.from === undefined ? await starterText() : await textFrom(options.from);
      try {
        await writeFile(file, text, { flag: 'wx' });
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

async function starterText(): Promise<string> {
  const { starter } = await import('../starter.ts');
  return starter;
}

async function textFrom(folder: string): Promise<string> {
  const { loadLandscape } = await import('../load-landscape.ts');
  const { modelText } = await import('../../model/import/write/model-text.ts');
  const text = modelText(loadLandscape(folder), basename(resolve(folder)));
  if (text !== undefined) return text;
  throw new UsageError(
    `nothing in ${folder} says what runs`,
    'seaworthy init, without --from, writes a first model',
  );
}
