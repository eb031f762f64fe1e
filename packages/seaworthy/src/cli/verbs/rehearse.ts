import { Command } from 'commander';

import type { RehearseArguments } from '../rehearse/arguments.ts';
import type { ExitCode } from '../exit-code.ts';
import { UsageError } from '../usage-error.ts';
import { collect } from './collect.ts';
import { withOutputOptions } from './output-options.ts';

const defaultFile = 'seaworthy.yaml';

/** `seaworthy rehearse`. */
export function rehearseCommand(): Command {
  const command = new Command('rehearse')
    .description('Play the scenarios of a file on real processes and judge them.')
    .argument('[file]', 'the model (default: seaworthy.yaml)')
    // After --: the command that starts a target.
    .allowExcessArguments()
    .option('--battery', 'every standard trial instead of the scenarios')
    .option('--target <url>', 'the battery without a file; what starts it may follow after --')
    .option('--dependency <address>', 'of the target; or a variable that holds one', collect)
    .option('--deadline <duration>', 'for an answer, in the battery (default: 1s)')
    .option('--scenario <name>', 'only this one; "calm" is the run without faults (default: all)')
    .option('--env <name>', 'with the overlay of this environment')
    .option('--seed <number>', 'of all dice (default: as the file says, else 1)')
    .option('--for <duration>', 'how long each takes, such as 60s (default: as the file says)')
    .option('--recorded <source=file>', 'arrivals of a HAR file, an access log, or traces', collect)
    .option('--rows <source=file>', 'what {{name}} in requests stands for: CSV or NDJSON', collect)
    .option('--out <folder>', 'where the run record goes (default: below .seaworthy/runs)')
    .option('--compare-simulation', 'hold a simulation with the times of a calm minute against it')
    .option('--allow <host>', 'another machine that may be sent to; may be given often', collect)
    .option('--abort-on <rule>', 'end it when this holds, such as "web success < 50% for 10s"')
    .option('--max-rate <rate>', 'refuse more traffic than this', '20000/s')
    .option('--max-time <duration>', 'refuse scenarios that take longer', '15m')
    .option('--max-connections <number>', 'of all sources, open at once', '500')
    .option('--all', 'show every edge, not only those that matter');
  return withOutputOptions(command).action(
    async (_file: string | undefined, options: RehearseArguments, { args }: Command) => {
      process.exitCode = await run(args, options);
    },
  );
}

async function run(words: readonly string[], options: RehearseArguments): Promise<ExitCode> {
  const { target } = options;
  if (target !== undefined) {
    if (words.length > 0 && !process.argv.includes('--')) {
      throw new UsageError(
        `"${words[0]}" is one word too many: with --target there is no file`,
        'what starts the target comes after --',
      );
    }
    const { runTarget } = await import('../rehearse/target.ts');
    return runTarget(words, { ...options, target });
  }
  const [file = defaultFile, ...excess] = words;
  const { refuseTargetOptions } = await import('../rehearse/battery-arguments.ts');
  refuseTargetOptions(excess, options);
  if (options.battery === true) {
    const { runFileBattery } = await import('../rehearse/file-battery.ts');
    return runFileBattery(file, options);
  }
  const { runRehearse } = await import('../rehearse/rehearsal.ts');
  return runRehearse(file, options);
}
