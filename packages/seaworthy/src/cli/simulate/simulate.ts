import { availableParallelism } from 'node:os';

import { judge } from '../../judge/judge.ts';
import type { Scenario } from '../../model/model.ts';
import { labelsOf } from '../../report/html/labels.ts';
import { reduceRun } from '../../report/html/reduce.ts';
import { printJson, worstOutcome } from '../../report/json.ts';
import { representativeRun } from '../../report/representative.ts';
import { printSummary } from '../../report/summary.ts';
import { printVerdict } from '../../report/terminal.ts';
import type { Trial } from '../../report/trial.ts';
import { writeRecord } from '../../signals/record-writer.ts';
import { ReplicationPool } from '../../simulate/replicate/pool.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';
import { progressFor } from '../progress/progress.ts';
import { prepareReport, writeReport } from '../report/write-report.ts';
import type { SimulateArguments } from './arguments.ts';
import { commandOf } from '../command-line.ts';
import { withChanges } from './changes.ts';
import { withDrift } from './drift.ts';
import { planFiles } from './plan.ts';
import { replicate, type Session } from './session.ts';
import { recordFailure, recordFolder } from '../scenarios/record-folder.ts';
import { withBlame, withThreads } from '../with-threads.ts';

interface TimedTrial {
  readonly trial: Trial;
  /** How long the simulation took. */
  readonly wallMs: number;
}

/**
 * Runs the scenarios of each file one after the other, prints what came of them, and says how to
 * exit. All share their worker threads, which are fast once they have run a while.
 */
export async function runSimulate(
  files: readonly string[],
  options: SimulateArguments,
): Promise<ExitCode> {
  await prepareReport(options.report);
  const plans = await planFiles(files, options);
  const several = files.length > 1;
  const pool = new ReplicationPool(availableParallelism());
  const progress = progressFor(options.progress, options.color);
  return withThreads(pool, progress, async () => {
    const trials: Trial[] = [];
    for (const plan of plans) {
      if (pool.interrupted) break;
      const session = { ...plan, several, pool, progress };
      const ofFile = await withBlame(plan.file, () => runScenarios(session));
      printFile(session, ofFile, trials.length === 0);
      trials.push(...ofFile);
    }
    progress.close();
    if (options.format === 'json') process.stdout.write(printJson(trials));
    if (pool.interrupted) process.stderr.write(saidOfInterrupt(trials));
    if (options.report !== undefined) await writePageOf(options.report, trials);
    return pool.interrupted ? ExitCode.interrupted : exitCodeOf(worstOutcome(trials));
  });
}

/** One page for all scenarios, one at a time. */
async function writePageOf(file: string | true, trials: readonly Trial[]): Promise<void> {
  const labels = labelsOf(trials.map(({ run, record }) => ({ run, folder: record })));
  const runs = trials.map(({ run, verdict, record, command }, index) =>
    reduceRun({ label: labels[index]!, record, command, run, verdict }),
  );
  await writeReport(file, { runs, limits: undefined });
}

async function runScenarios(session: Session): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const scenario of session.scenarios) {
    if (session.pool.interrupted) break;
    // One scenario after the other: each has all cores for its replications.
    const timed = await runTrial(session, scenario);
    if (timed === undefined) break;
    if (!session.several) printTrial(session, timed, trials.length === 0);
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
  const record = recordFolder(run.header, session.out, session.scenarios.length > 1);
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

/** The rows of a file: all that is told where there are several. */
function printFile(
  { file, several, options }: Session,
  trials: readonly Trial[],
  first: boolean,
): void {
  if (options.format === 'json' || trials.length === 0) return;
  const colour = wantsColour(process.stdout, options.color);
  if (several) {
    const rows = printSummary(trials, colour, file);
    process.stdout.write(first ? rows.trimStart() : rows);
  } else if (trials.length > 1) process.stdout.write(printSummary(trials, colour));
}

function saidOfInterrupt(trials: readonly Trial[]): string {
  const record = trials.at(-1)?.record;
  return record === undefined
    ? 'interrupted\n'
    : `interrupted: what was simulated is in ${record}\n`;
}
