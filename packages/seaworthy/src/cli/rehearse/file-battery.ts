import { dirname } from 'node:path';

import { UsageError } from '../usage-error.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadModel } from '../load-model.ts';
import { commandLine } from '../command-line.ts';
import { beyondLimits } from '../../rehearse/limits.ts';
import { readLimits, type RehearseArguments } from './arguments.ts';
import { batterySettings, batteryWords } from './battery-arguments.ts';
import { runBatteryPlan } from './battery.ts';
import { stageFailure } from './stage-failure.ts';

/** Runs the battery on the services of a file. */
export async function runFileBattery(file: string, options: RehearseArguments): Promise<ExitCode> {
  const read = await loadModel(file, options.env);
  const { model } = read;
  const [source] = model.sources;
  if (source === undefined) throw new UsageError(`${file} has no traffic, so nothing can be asked`);
  const { deadlineMs, timeoutMs } = model.edges[source.edge]!.policy;
  // The traffic of the file is not played: of the limits only the hosts are about it.
  const hosts = { ...readLimits(options), ratePerSecond: Infinity, timeMs: Infinity };
  const refusal = beyondLimits(model, undefined, hosts);
  if (refusal !== undefined) read.refuse(refusal.path, refusal.message, refusal.expected);
  const settings = batterySettings(
    options,
    Math.min(deadlineMs ?? Infinity, timeoutMs ?? Infinity, 1000),
  );
  const words = options.env === undefined ? [] : ['--env', options.env];
  return runBatteryPlan(
    {
      model,
      settings,
      folder: dirname(file),
      command: commandLine([
        'seaworthy',
        'rehearse',
        file,
        '--battery',
        ...words,
        ...batteryWords(options),
      ]),
      onStage: () => Promise.resolve(),
      write: () => Promise.resolve(undefined),
      stageFailure: (error) => stageFailure(read, error),
    },
    options,
  );
}
