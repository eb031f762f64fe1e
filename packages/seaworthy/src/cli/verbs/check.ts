import { Command } from 'commander';

import { ExitCode } from '../exit-code.ts';

/** `seaworthy check`. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Find assumptions that contradict each other, in the files of a folder.')
    .argument('[folder]', 'where to look', '.')
    .action(async (folder: string) => {
      const { loadLandscape } = await import('../load-landscape.ts');
      const landscape = loadLandscape(folder);
      const { check } = await import('../../check/check.ts');
      const { rules } = await import('../../check/rules/rules.ts');
      const result = check(landscape, rules);
      const { renderCheck } = await import('../../report/check/text.ts');
      process.stdout.write(renderCheck(landscape, result));
      process.exitCode = result.findings.length > 0 ? ExitCode.failed : ExitCode.ok;
    });
}
