import { Option } from 'commander';
import type { Command } from 'commander';

/** What every verb has that takes its time and ends with a report. */
export function withOutputOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'of the report').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option('--progress <kind>', 'while it runs, on stderr')
        .choices(['auto', 'tty', 'plain', 'json', 'none'])
        .default('auto'),
    )
    .option('--report [file]', 'also write a page to explore (default: report.html)')
    .option('--no-color', 'without colours (also: NO_COLOR=1)');
}
