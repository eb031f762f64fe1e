import { availableParallelism } from 'node:os';

import { judge } from '../../judge/judge.ts';
import type { Scenario } from '../../model/model.ts';
import { reduceRun } from '../../report/html/reduce.ts';
import { printJson, worstOutcome } from '../../report/json.ts';
import { representativeRun } from '../../report/representative.ts';
import { printSummary } from '../../report/summary.ts';
import { printVerdict } from '../../report/terminal.ts';
import type { Trial } from '../../report/trial.ts';
import { writeRecord } from '../../signals/record-writer.ts';
import { ReplicationPool } from '../../simulate/replicate/pool.ts';
import { withRecordings } from '../../traffic/recorded/recorded-source.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';
import { loadModel } from '../load-model.ts';
import { progressFor } from '../progress/progress.ts';
import { prepareReport, writeReport } from '../report/write-report.ts';
import { UsageError } from '../usage-error.ts';
import { readNumbers, type SimulateArguments } from './arguments.ts';
import { commandOf } from './command-line.ts';
import { withChanges } from './changes.ts';
import { withDrift } from './drift.ts';
import { type Against, replicate, type Session } from './session.ts';
import { readRecordings, saidOfRecordings } from './recordings.ts';
import { prepareFolders, recordFailure, recordFolder } from './record-folder.ts';
import { calm, chooseScenarios } from './scenarios.ts';
import { withLength } from './with-length.ts';
import { withThreads } from './with-threads.ts';

interface TimedTrial {
  readonly trial: Trial;
  /** How long the simulation took. */
  readonly wallMs: number;
}

/**
 * Runs the scenarios of a file one after the other, prints what came of them, and says how to exit.
 */
export async function runSimulate(file: string, options: SimulateArguments): Promise<ExitCode> {
  const numbers = readNumbers(options);
  const read = await loadModel(file, options.env);
  const planned = withLength(read.model, options.for, numbers);
  const against = await loadAgainst(file, options);
  const scenarios = chooseScenarios(planned, options.scenario);
  const seed = numbers.seed ?? planned.run.seed;
  const recordings = await readRecordings(options.recorded, planned, scenarios, seed);
  const model = withRecordings(planned, recordings);
  process.stderr.write(saidOfRecordings(recordings));
  if (against !== undefined) refuseMissing(scenarios, against);
  await prepareReport(options.report);
  await prepareFolders(
    options.out,
    scenarios.map((scenario) => scenario?.name ?? calm),
  );
  const pool = new ReplicationPool(availableParallelism());
  const progress = progressFor(options.progress, options.color);
  const replications = numbers.replications ?? model.run.replications;
  const session = {
    file,
    options,
    read,
    against,
    model,
    recordings,
    scenarios,
    seed,
    replications,
    pool,
    progress,
  };
  return withThreads(file, pool, progress, async () => {
    const trials = await runScenarios(session);
    progress.close();
    printEnd(session, trials);
    if (options.report !== undefined) await writePageOf(options.report, trials);
    return pool.interrupted ? ExitCode.interrupted : exitCodeOf(worstOutcome(trials));
  });
}

/** One page for all scenarios, one at a time. */
async function writePageOf(file: string | true, trials: readonly Trial[]): Promise<void> {
  const runs = trials.map(({ run, verdict, record, command }) =>
    reduceRun({ label: run.header.scenario, record, command, run, verdict }),
  );
  await writeReport(file, { runs, limits: undefined });
}

async function loadAgainst(
  file: string,
  { against, env }: SimulateArguments,
): Promise<Against | undefined> {
  if (against === undefined) return undefined;
  if (against === env) {
    throw new UsageError(`option --against: "${against}" is the environment that is run itself`);
  }
  return { environment: against, read: await loadModel(file, against) };
}

/** @throws UsageError where the other environment has no such scenario. */
function refuseMissing(
  scenarios: readonly (Scenario | undefined)[],
  { environment, read }: Against,
): void {
  const known = read.model.scenarios.map(({ name }) => name);
  const missing = scenarios.find((each) => each !== undefined && !known.includes(each.name));
  if (missing === undefined) return;
  throw new UsageError(
    `option --against: "${environment}" has no scenario "${missing.name}"`,
    'choose one that both have with --scenario',
  );
}

async function runScenarios(session: Session): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const scenario of session.scenarios) {
    if (session.pool.interrupted) break;
    // One scenario after the other: each has all cores for its replications.
    const timed = await runTrial(session, scenario);
    if (timed === undefined) break;
    printTrial(session, timed, trials.length === 0);
    trials.push(timed.trial);
  }
  return trials;
}

/** Undefined: interrupted before it began. */
async function runTrial(
  session: Session,
  scenario: Scenario | undefined,
): Promise<TimedTrial | undefined> {
  const { model, seed, replications, progress, options } = session;
  const startedMs = performance.now();
  const runs = await replicate(session, model, scenario);
  const wallMs = performance.now() - startedMs;
  if (runs.length === 0) return undefined;
  const command = commandOf('simulate', session.file, options, scenario);
  const judged = judge(model, scenario, runs, `${command} --replications 1`);
  const run = representativeRun(model, judged, runs);
  const changed = await withChanges(session, scenario, judged, run);
  const { verdict, against } =
    session.against === undefined
      ? { verdict: changed, against: undefined }
      : await withDrift(session, session.against, scenario, changed, command);
  const record = recordFolder(run.header, options.out, session.scenarios.length > 1);
  try {
    await writeRecord(record, run, verdict);
  } catch (error) {
    throw recordFailure(error, record);
  }
  progress.tell({ kind: 'scenario-ended' });
  const other = against === undefined ? '' : ` --against ${against.environment}`;
  const again = `${command}${other} --seed ${seed} --replications ${replications}`;
  const trial = { model, scenario, verdict, run, record, against, command: again };
  return { trial, wallMs };
}

function printTrial({ options }: Session, { trial, wallMs }: TimedTrial, first: boolean): void {
  if (options.format === 'json') return;
  const simulatedMs = trial.verdict.replications * trial.run.header.durationMs;
  const report = printVerdict(trial, {
    colour: wantsColour(process.stdout, options.color),
    all: options.all ?? false,
    timesRealTime: trial.run.header.status === 'complete' ? simulatedMs / wallMs : undefined,
  });
  process.stdout.write(first ? report : `\n\n${report}`);
}

function printEnd({ options, pool }: Session, trials: readonly Trial[]): void {
  if (options.format === 'json') process.stdout.write(printJson(trials));
  else if (trials.length > 1) {
    process.stdout.write(printSummary(trials, wantsColour(process.stdout, options.color)));
  }
  if (!pool.interrupted) return;
  const record = trials.at(-1)?.record;
  process.stderr.write(
    record === undefined ? 'interrupted\n' : `interrupted: what was simulated is in ${record}\n`,
  );
}
