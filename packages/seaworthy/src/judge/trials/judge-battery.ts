import type { BatteryRun } from '../../rehearse/trials/battery.ts';
import { type Usual, usualOf } from '../../rehearse/trials/usual.ts';
import type { Outcome } from '../verdict.ts';
import { figures } from './figures.ts';
import { judgeTrial } from './judge-trial.ts';
import type { Scorecard, TrialResult } from './scorecard.ts';

/** Judges every trial, and all of them together. */
export function judgeBattery(run: BatteryRun): Scorecard {
  const { target, dependencies, status, settings, knee, steps, calm } = run;
  const trials =
    calm === undefined || status === 'unanswered'
      ? []
      : run.trials.map((it) => judgeTrial(it, standardOf(run, usualOf(calm.tasks))));
  return {
    schema: 1,
    target,
    dependencies,
    status,
    outcome: outcomeOf(run, trials),
    seed: settings.seed,
    deadlineMs: settings.deadlineMs,
    knee,
    steps,
    calm: calm && figures(calm.tasks, calm.forMs),
    disturbed: calm?.disturbed ?? false,
    answers: { ...calm?.tasks.statuses, ...calm?.tasks.problems },
    trials,
  };
}

function standardOf({ knee, settings }: BatteryRun, usual: Usual) {
  return { usual, settings, carries: knee?.kind === 'found' ? knee.low : undefined };
}

/** What nothing is known of is neither good nor bad. */
function outcomeOf(
  { status, dependencies, knee, calm }: BatteryRun,
  trials: readonly TrialResult[],
): Outcome {
  // Against a calm that was not calm it is easier to pass, and no easier to fail.
  if (trials.some((it) => it.grade === 'failed')) return 'fail';
  if (status !== 'complete') return 'inconclusive';
  if (knee?.kind === 'unknown' || calm?.disturbed === true) return 'invalid';
  if (trials.some((it) => it.grade === 'invalid')) return 'invalid';
  const isKnown = (name: string): boolean =>
    trials.some((it) => it.on === name && it.aim === 'dependency' && it.grade === 'passed');
  const called = trials.filter((it) => it.aim === 'dependency').map((it) => it.on);
  if (![...dependencies, ...called].every(isKnown)) return 'inconclusive';
  return trials.some((it) => it.grade === 'passed') ? 'pass' : 'inconclusive';
}
