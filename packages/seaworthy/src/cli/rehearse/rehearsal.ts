import { dirname, join } from 'node:path';

import { systemClock } from '@seaworthy/policy/engine';

import { judge } from '../../judge/judge.ts';
import { withDifferences } from '../../judge/changes/differences.ts';
import type { Model, Scenario } from '../../model/model.ts';
import type { ReadResult } from '../../model/read.ts';
import { beyondLimits } from '../../rehearse/limits.ts';
import { headerOf, rehearse } from '../../rehearse/rehearse.ts';
import {
  notPlayable,
  notSendable,
  notSentAgain,
  notSpoken,
} from '../../rehearse/timeline/refusals.ts';
import { reduceRun } from '../../report/html/reduce.ts';
import { printAgreement } from '../../report/agreement/terminal.ts';
import { printJson, worstOutcome } from '../../report/json.ts';
import { printSummary } from '../../report/summary.ts';
import { printVerdict } from '../../report/terminal.ts';
import type { Trial } from '../../report/trial.ts';
import { sampleOf } from '../../signals/sample.ts';
import { withRecordings } from '../../traffic/recorded/recorded-source.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';
import { loadModel } from '../load-model.ts';
import { progressFor } from '../progress/progress.ts';
import { prepareReport, writeReport } from '../report/write-report.ts';
import { readNumbers } from '../numbers.ts';
import { commandOf } from '../command-line.ts';
import { onInterrupt } from '../interrupt.ts';
import { momentsOf } from '../scenarios/moments.ts';
import { readRecordings, saidOfRecordings } from '../scenarios/recordings.ts';
import { prepareFolders, recordFolder } from '../scenarios/record-folder.ts';
import { calm, chooseScenarios } from '../scenarios/scenarios.ts';
import { withLength } from '../scenarios/with-length.ts';
import { AbortRule } from './abort-rule.ts';
import { readLimits, type RehearseArguments } from './arguments.ts';
import { Comparison, NotCalmError } from './comparison.ts';
import { readInputs, refuseBusy } from './inputs.ts';
import { LiveRecord } from './live-record.ts';
import type { Session } from './session.ts';
import { stageFailure } from './stage-failure.ts';

/**
 * Plays the scenarios of a file on real processes, one after the other, prints what came of them,
 * and says how to exit.
 */
export async function runRehearse(file: string, options: RehearseArguments): Promise<ExitCode> {
  const numbers = readNumbers(options);
  const read = await loadModel(file, options.env);
  const planned = withLength(read.model, options.for, numbers);
  const scenarios = chooseScenarios(planned, options.scenario);
  const limits = readLimits(options);
  const seed = numbers.seed ?? planned.run.seed;
  const recordings = await readRecordings(options.recorded, planned, scenarios, seed);
  refuseBusy(recordings, limits.ratePerSecond);
  const model = withRecordings(planned, recordings);
  const inputs = await readInputs(options.rows, model, recordings);
  process.stderr.write(saidOfRecordings(recordings));
  for (const scenario of scenarios) refuse(read, model, scenario, { limits, inputs });
  const abortRule =
    options.abortOn === undefined ? undefined : new AbortRule(options.abortOn, model);
  await prepareReport(options.report);
  await prepareFolders(
    options.out,
    scenarios.map((scenario) => scenario?.name ?? calm),
  );
  const progress = progressFor(options.progress, options.color);
  const interrupted = new AbortController();
  const release = onInterrupt(() => {
    interrupted.abort();
    progress.tell({ kind: 'stopping' });
  });
  const signal = interrupted.signal;
  const session = {
    file,
    options,
    read,
    model,
    scenarios,
    seed,
    inputs,
    progress,
    signal,
    limits,
    abortRule,
  };
  try {
    const trials = await runScenarios(session);
    progress.close();
    printEnd(session, trials);
    if (options.report !== undefined && trials.length > 0) {
      const runs = trials.map(({ run, verdict, record, command }) =>
        reduceRun({ label: run.header.scenario, record, command, run, verdict }),
      );
      await writeReport(options.report, { runs, limits: undefined });
    }
    return signal.aborted ? ExitCode.interrupted : exitCodeOf(worstOutcome(trials));
  } catch (error) {
    if (!(error instanceof NotCalmError)) throw error;
    progress.close();
    process.stderr.write(`${error.message}\n`);
    return ExitCode.inconclusive;
  } finally {
    release();
    progress.close();
  }
}

/** @throws ModelError about the first thing in the file that cannot be rehearsed. */
function refuse(
  { refuse: refuseAt }: ReadResult,
  model: Model,
  scenario: Scenario | undefined,
  { limits, inputs }: Pick<Session, 'limits' | 'inputs'>,
): void {
  const refusal =
    notPlayable(model, scenario) ??
    notSendable(model, inputs) ??
    notSpoken(model) ??
    notSentAgain(model) ??
    beyondLimits(model, scenario, limits);
  if (refusal !== undefined) refuseAt(refusal.path, refusal.message, refusal.expected);
}

async function runScenarios(session: Session): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  const compares = session.options.compareSimulation === true;
  const comparison = compares ? await Comparison.begin(session) : undefined;
  for (const scenario of session.scenarios) {
    if (session.signal.aborted) break;
    // One after the other: they share the machine.
    const rehearsed = await runTrial(session, scenario);
    // It was interrupted before it began.
    if (rehearsed.run.intervals.length === 0) break;
    const compared = await comparison?.with(scenario, rehearsed.run);
    const trial = { ...rehearsed, compared };
    printTrial(session, trial, trials.length === 0);
    trials.push(trial);
  }
  return trials;
}

async function runTrial(session: Session, scenario: Scenario | undefined): Promise<Trial> {
  const { file, model, seed, inputs, progress, options, signal } = session;
  const header = headerOf(model, { scenario, seed }, 'running');
  const record = recordFolder(header, options.out, session.scenarios.length > 1);
  const written = await LiveRecord.open(record, header);
  const run = await rehearse(model, {
    scenario,
    seed,
    inputs,
    clock: systemClock,
    folder: dirname(file),
    outputFolder: join(record, 'output'),
    signal,
    limits: session.limits,
    shouldStop: (intervals) => session.abortRule?.broken(header, intervals),
    onBegin: () => {
      progress.tell({
        kind: 'scenario-began',
        scenario: header.scenario,
        replications: 1,
        durationMs: header.durationMs,
        moments: momentsOf(scenario),
      });
    },
    onInterval: (interval) => {
      written.addInterval(interval);
      progress.tell({ kind: 'sample', replication: 0, sample: sampleOf(model, interval) });
    },
    onEvent: (event) => written.addEvent(event),
  }).catch(async (error: unknown) => {
    await written.close(undefined, undefined);
    throw stageFailure(session.read, error);
  });
  const command = `${commandOf('rehearse', file, options, scenario)} --seed ${seed}`;
  const verdict = withDifferences(judge(model, scenario, [run], command), session.read.edit);
  await written.close(run, verdict);
  progress.tell({ kind: 'scenario-ended' });
  return { model, scenario, verdict, run, record, command };
}

function printTrial({ options }: Session, trial: Trial, first: boolean): void {
  if (options.format === 'json') return;
  const shown = {
    colour: wantsColour(process.stdout, options.color),
    all: options.all ?? false,
  };
  const { compared } = trial;
  const verdict = printVerdict(trial, { ...shown, timesRealTime: undefined });
  const compares = options.compareSimulation === true;
  const agreement = compares ? printAgreement(compared, shown) : '';
  process.stdout.write(`${first ? '' : '\n\n'}${verdict}${agreement}`);
}

function printEnd({ options, signal }: Session, trials: readonly Trial[]): void {
  if (options.format === 'json') process.stdout.write(printJson(trials));
  else if (trials.length > 1) {
    process.stdout.write(printSummary(trials, wantsColour(process.stdout, options.color)));
  }
  if (!signal.aborted) return;
  const record = trials.at(-1)?.record;
  process.stderr.write(
    record === undefined ? 'interrupted\n' : `interrupted: what was measured is in ${record}\n`,
  );
}
