import { Command } from 'commander';

import type { ReportArguments } from '../report/report.ts';

/** `seaworthy report`. */
export function reportCommand(): Command {
  return new Command('report')
    .description('Show runs again: as a page to explore, or here. Two runs are compared.')
    .argument('<runs...>', 'folders of run records, or a file of limits --format json')
    .option('--html [file]', 'write a page that opens from disk (default: report.html)')
    .option('--serve [port]', 'show the page here, while the runs are written (Ctrl+C ends it)')
    .option('--all', 'show every edge, not only those that matter')
    .option('--no-color', 'without colours (also: NO_COLOR=1)')
    .action(async (paths: string[], options: ReportArguments) => {
      const { runReport } = await import('../report/report.ts');
      process.exitCode = await runReport(paths, options);
    });
}
