import type { BatteryRun } from '../../rehearse/trials/battery.ts';
import { inTurn } from '../../rehearse/load/measure/merge.ts';
import { unansweredCount } from '../../rehearse/trials/tasks.ts';
import type { RanTrial, TrialRun, Window } from '../../rehearse/trials/trial.ts';
import { isWell, succeedsAsUsual, type Usual } from '../../rehearse/trials/usual.ts';
import { isGeneratorLate } from '../../rehearse/trials/validity.ts';
import { durationText, rateText, roughShareText } from '../words.ts';
import { figuresOf } from './figures.ts';
import type { Figures, Grade, TrialResult } from './scorecard.ts';

/** What a trial is held against. */
export interface Standard {
  readonly usual: Usual;
  /** What the target surely carries, in tasks per second; undefined: the burst was below it. */
  readonly carries: number | undefined;
  readonly settings: BatteryRun['settings'];
}

/** One in a hundred, and one of few, may go unanswered: a busy machine loses as many. */
const unansweredMost = 0.01;

/** Under more than it carries, a target does less than it can; much less is a collapse. */
const goodputLeast = 0.8;

/**
 * Calls that are still under way are stuck. Connections are no measure of that: a pool that has
 * grown keeps them for a while, and is none the worse.
 */
const moreCalls = 1.5;
const moreCallsLeast = 5;

/** Judges one trial. */
export function judgeTrial(run: TrialRun, standard: Standard): TrialResult {
  const { name, aim, on, what } = run;
  const nothing = { before: undefined, during: undefined, recoveryMs: undefined };
  if (run.status === 'not run') {
    const { because } = run;
    const grade: Grade = 'not run';
    const empty = { calls: undefined, touched: 0, unit: '' };
    return { name, aim, on, what, grade, because, ...nothing, ...empty };
  }
  const { touched, unit } = run;
  const seen = {
    before: figuresOf(run.before),
    during: figuresOf(run.during),
    recoveryMs: recoveryMs(run, standard.usual),
    // What is stuck stays under way: a call that has just begun does not.
    calls: { before: Math.max(...callsIn(run.before)), after: Math.min(...callsIn(run.after)) },
  };
  const [grade, because] = gradeOf(run, standard, seen);
  return { name, aim, on, what, grade, because, ...seen, touched, unit };
}

interface Seen {
  readonly during: Figures | undefined;
  readonly recoveryMs: number | undefined;
  readonly calls: { readonly before: number; readonly after: number };
}

/** The first that applies: what makes a trial worthless comes before what it shows. */
function gradeOf(
  run: RanTrial,
  standard: Standard,
  seen: Seen,
): readonly [Grade, because: string | undefined] {
  if (run.crashed !== undefined) return ['failed', `its process ${run.crashed}`];
  if (run.touched < run.touchedLeast) return ['not exercised', untouched(run)];
  if (run.name === 'burst' && standard.carries === undefined) {
    return ['not exercised', 'the burst was not beyond what the target carries'];
  }
  const why = duringFailure(run, standard, seen) ?? afterFailure(run, standard, seen);
  if (why === undefined) return ['passed', undefined];
  // It sends in bursts then, which are harder to bear: what passes has passed all the same.
  if (isGeneratorLate(inTurn([...run.during, ...run.after].map(({ tasks }) => tasks)))) {
    return ['invalid', `the generator could not send in time, which may be why: ${why}`];
  }
  return ['failed', why];
}

function untouched({ touched, unit, on, aim }: RanTrial): string {
  if (touched > 0) return `only ${touched} ${unit} met it`;
  return aim === 'dependency'
    ? `nothing that met it came through the proxy of ${on}`
    : 'nothing met it';
}

/** What the target owes its callers meanwhile depends on whose fault it is. */
function duringFailure(
  run: RanTrial,
  { usual, carries, settings }: Standard,
  { during }: Seen,
): string | undefined {
  if (during === undefined) return undefined;
  const tasks = inTurn(run.during.map((it) => it.tasks));
  const noAnswer = `had no answer within ${durationText(settings.deadlineMs)}`;
  switch (run.aim) {
    case 'clients':
      // Slower they may be: on one machine the clients that misbehave take time from the target.
      if (succeedsAsUsual(tasks, usual)) return undefined;
      return `the other clients noticed: ${roughShareText(during.successShare)} succeeded`;
    case 'dependency':
      if (unansweredCount(tasks) <= 1 + unansweredMost * tasks.offered) return undefined;
      return `${roughShareText(during.unansweredShare)} of the requests ${noAnswer}`;
    case 'load':
      if (carries === undefined || during.goodputPerSecond >= goodputLeast * carries)
        return undefined;
      return [
        `of ${rateText(carries)} that it carries`,
        `${rateText(during.goodputPerSecond)} were left`,
      ].join(', ');
    case 'process':
      return undefined;
  }
}

function afterFailure(
  run: RanTrial,
  { settings }: Standard,
  { recoveryMs: took, calls: { before, after } }: Seen,
): string | undefined {
  if (took === undefined) {
    return `not as before ${durationText(settings.recoverMs)} after it was over`;
  }
  const most = Math.max(before * moreCalls, before + moreCallsLeast);
  if (after <= most) return undefined;
  return `${after} calls of its dependencies are still under way, ${before} were before`;
}

/** Undefined: tasks did not fare as usual in the end. */
function recoveryMs({ after, overMs }: RanTrial, usual: Usual): number | undefined {
  const lastBad = after.findLastIndex(({ tasks }) => !isWell(tasks, usual));
  const firstWell = after[lastBad + 1];
  return firstWell === undefined ? undefined : Math.max(0, firstWell.fromMs - overMs);
}

/** Those that are under way at the end of each window. */
function callsIn(windows: readonly Window[]): readonly number[] {
  return windows.map(({ edges }) => edges.reduce((sum, edge) => sum + edge.inFlight, 0));
}
