import { durationUnit, parseUnit, type Unit } from '../../model/unit.ts';
import type { BatterySettings } from '../../rehearse/trials/battery.ts';
import { readSeed } from '../numbers.ts';
import { UsageError } from '../usage-error.ts';
import { readLimits, type RehearseArguments } from './arguments.ts';

/** Longer than most people wait, and ten trials are over in minutes. */
const trialMs = 5000;

/** Nobody waits for long behind a page. */
const deadlineMs = 1000;

/** Of those who ask in the first half of a trial, all that get no answer are known at its end. */
const deadlinesOfTrial = 2;

/** Twice as long as a trial, and never less than a process needs to find its feet. */
const recoverLeastMs = 10_000;

const notForBattery = [
  ['scenario', '--scenario'],
  ['out', '--out'],
  ['report', '--report'],
  ['all', '--all'],
  ['abortOn', '--abort-on'],
  ['compareSimulation', '--compare-simulation'],
  ['recorded', '--recorded'],
  ['rows', '--rows'],
] as const;

/** A gentle first step. */
const fromPerSecond = 10;

/** @throws UsageError that names the option, what was read, and what would be right. */
export function batterySettings(
  options: RehearseArguments,
  defaultDeadlineMs = deadlineMs,
): BatterySettings {
  for (const [name, option] of notForBattery) {
    if (options[name] === undefined) continue;
    throw new UsageError(`option ${option} is for the scenarios of a file, not for the battery`);
  }
  const forMs = read('--for', options.for, durationUnit, trialMs);
  const deadline = read('--deadline', options.deadline, durationUnit, defaultDeadlineMs);
  if (forMs < deadlinesOfTrial * deadline) {
    throw new UsageError(
      `trials of ${forMs} ms are too short for a deadline of ${deadline} ms: who hangs looks busy`,
      `write --for ${deadlinesOfTrial * deadline}ms or more, or a shorter --deadline`,
    );
  }
  return {
    seed: readSeed(options.seed) ?? 1,
    deadlineMs: deadline,
    forMs,
    recoverMs: Math.max(recoverLeastMs, 2 * forMs),
    from: fromPerSecond,
    most: readLimits(options).ratePerSecond,
  };
}

/** What is about a target is nothing for a file that names its services. */
export function refuseTargetOptions(words: readonly string[], options: RehearseArguments): void {
  if (options.dependency !== undefined) {
    throw new UsageError('option --dependency needs --target: a file names its services itself');
  }
  if (words.length > 0) {
    throw new UsageError(
      `"${words[0]}" is one word too many`,
      'what starts a target needs --target',
    );
  }
  if (options.deadline !== undefined && options.battery === undefined) {
    throw new UsageError('option --deadline is for the battery', 'add --battery');
  }
}

/** The options as they were written, to show the same again. */
export function batteryWords(options: RehearseArguments): readonly string[] {
  return [
    ...(options.for === undefined ? [] : ['--for', options.for]),
    ...(options.deadline === undefined ? [] : ['--deadline', options.deadline]),
    '--max-rate',
    options.maxRate,
    ...(options.allow ?? []).flatMap((it) => ['--allow', it]),
    ...(options.seed === undefined ? [] : ['--seed', options.seed]),
  ];
}

function read(option: string, text: string | undefined, unit: Unit, byDefault: number): number {
  if (text === undefined) return byDefault;
  const value = parseUnit(unit, text);
  if (value !== undefined && value > 0) return value;
  throw new UsageError(
    `option ${option}: "${text}" is not ${unit.what}`,
    `write ${unit.what} such as ${unit.example}`,
  );
}
