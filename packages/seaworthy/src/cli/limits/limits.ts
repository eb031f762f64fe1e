import { availableParallelism } from 'node:os';

import { defaultPrecision, findLimits } from '../../judge/limits/limits.ts';
import { ProbePool } from '../../judge/limits/pool.ts';
import type { Limits } from '../../judge/limits/result.ts';
import { printLimitsJson } from '../../report/limits/json.ts';
import { statementsOf } from '../../report/limits/headline.ts';
import { printLimits } from '../../report/limits/terminal.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode } from '../exit-code.ts';
import { loadModel } from '../load-model.ts';
import { progressFor } from '../progress/progress.ts';
import { prepareReport, writeReport } from '../report/write-report.ts';
import { readSeed } from '../numbers.ts';
import { commandLine } from '../command-line.ts';
import { chooseScenarios } from '../scenarios/scenarios.ts';
import { withBlame, withThreads } from '../with-threads.ts';
import { findSource, type LimitsArguments, readPrecision } from './arguments.ts';

/** Less than a minute on two cores; sharper limits than the usual ones may take more. */
const REQUESTS_MAX = 50_000_000;

/** Finds the limits of a file, prints them, and says how to exit. */
export async function runLimits(file: string, options: LimitsArguments): Promise<ExitCode> {
  const precision = readPrecision(options.precision);
  const wish = readSeed(options.seed);
  const { model } = await loadModel(file, options.env);
  const source = findSource(model, options.source);
  const scenarios = chooseScenarios(model, options.scenario);
  const seed = wish ?? model.run.seed;
  await prepareReport(options.report);
  const pool = new ProbePool(availableParallelism());
  const progress = progressFor(options.progress, options.color);
  return withThreads(pool, progress, async () => {
    const requestsMax = REQUESTS_MAX * Math.max(1, (defaultPrecision / precision) ** 2);
    const asked = { source, scenarios, size: options.size, precision, seed, requestsMax };
    const limits = await withBlame(file, () =>
      findLimits(model, asked, pool, (told) => {
        progress.tell({ kind: 'search', name: model.name, ...told });
      }),
    );
    progress.close();
    const command = commandOf(file, options, seed);
    print(limits, options, command);
    if (options.report !== undefined) {
      const shown = { ...limits, command, statements: statementsOf(limits) };
      await writeReport(options.report, { runs: [], limits: shown });
    }
    return exitCodeFor(limits);
  });
}

/** Vulnerable is a failure: one trigger away from an outage that does not end by itself. */
function exitCodeFor({ status, failing, state }: Limits): ExitCode {
  if (status === 'interrupted') return ExitCode.interrupted;
  if (failing.length > 0) return ExitCode.failed;
  switch (state.name) {
    case 'stable':
      return ExitCode.ok;
    case 'vulnerable':
    case 'overloaded':
      return ExitCode.failed;
    case 'inconclusive':
      return ExitCode.inconclusive;
  }
}

function print(limits: Limits, { format, color }: LimitsArguments, command: string): void {
  const text =
    format === 'json'
      ? printLimitsJson(limits, command)
      : printLimits(limits, { colour: wantsColour(process.stdout, color), command });
  process.stdout.write(text);
}

function commandOf(file: string, options: LimitsArguments, seed: number): string {
  const words = ['seaworthy', 'limits', file];
  if (options.scenario !== undefined) words.push('--scenario', options.scenario);
  if (options.env !== undefined) words.push('--env', options.env);
  if (options.source !== undefined) words.push('--source', options.source);
  if (options.size !== 'duration') words.push('--size', options.size);
  if (options.precision !== '2%') words.push('--precision', options.precision);
  return commandLine([...words, '--seed', String(seed)]);
}
