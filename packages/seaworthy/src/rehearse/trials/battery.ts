import { type FoundKnee, findKnee } from '../knee/find-knee.ts';
import type { Knee, KneeStep } from '../knee/search.ts';
import type { LoadReading } from '../load/load.ts';
import { inTurn } from '../load/measure/merge.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';
import { drive } from './drive.ts';
import { steadyPlan } from './plan.ts';
import { runTrial } from './run-trial.ts';
import type { PlannedTrial, TrialSettings } from './planned.ts';
import { standardTrials } from './standard.ts';
import type { TrialRun } from './trial.ts';
import { failedCount } from './tasks.ts';
import { usualOf } from './usual.ts';
import { isGeneratorLate } from './validity.ts';
import { Watch, type WatchParts } from './watch.ts';

export interface BatterySettings {
  readonly seed: number;
  /** For an answer, from the intended start. */
  readonly deadlineMs: number;
  /** How long each trial does what it does. */
  readonly forMs: number;
  /** How long the target may take to be as before. */
  readonly recoverMs: number;
  /** The first step of the search for the knee, and what is never exceeded; tasks per second. */
  readonly from: number;
  readonly most: number;
}

/** What was measured where nothing is wrong. */
export interface CalmReading {
  readonly ratePerSecond: number;
  readonly forMs: number;
  readonly tasks: LoadReading;
  /** Something else went on, each time that it was measured. */
  readonly disturbed: boolean;
  /** Parallel to the dependencies. */
  readonly edges: readonly EdgeReading[];
}

export interface BatteryRun {
  readonly target: string;
  readonly dependencies: readonly string[];
  readonly settings: BatterySettings;
  /**
   * `unanswered`: the target did not answer the first requests, and nothing else was tried. Where
   * the knee is not above the first step, there are no trials either.
   */
  readonly status: 'complete' | 'interrupted' | 'unanswered';
  readonly knee: Knee | undefined;
  readonly steps: readonly KneeStep[];
  readonly calm: CalmReading | undefined;
  readonly trials: readonly TrialRun[];
}

/** What is going on, for whoever waits. */
export type BatteryNews =
  | { readonly kind: 'step'; readonly step: KneeStep; readonly offered: number }
  | { readonly kind: 'knee'; readonly knee: Knee }
  | {
      readonly kind: 'trial';
      readonly trial: PlannedTrial;
      readonly number: number;
      readonly of: number;
    };

/** Half of what the target carries: it has room, and nobody would run it at less for long. */
const calmShare = 0.5;
/** Beyond what it carries, as a busy day is. */
const burstFactor = 2;

const kneePrecision = 0.05;
const sharpenMax = 12;

const firstLookMs = 1000;
const calmMs = 2000;
const calmTries = 5;

/** A target at half of what it carries may fail as many for reasons of its own. */
const failedMost = 0.05;

/** Finds the knee of the target, measures the calm, and runs every standard trial. */
export async function runBattery(
  parts: WatchParts,
  settings: BatterySettings,
  tell: (news: BatteryNews) => void,
): Promise<BatteryRun> {
  const { subject, signal } = parts;
  const run = {
    target: subject.target,
    dependencies: subject.dependencies.map(({ name }) => name),
    settings,
    knee: undefined,
    steps: [],
    calm: undefined,
    trials: [],
  };
  const lookMs = firstLookMs + settings.deadlineMs;
  const first = await calmAt(parts, settings, settings.from, lookMs);
  if (first === undefined || signal.aborted) return { ...run, status: 'interrupted' };
  if (first.tasks.succeeded === 0) return { ...run, calm: first, status: 'unanswered' };
  const { knee, steps } = await kneeOf(parts, settings, first.tasks.latency.mean, tell);
  // Cut short, the last step says nothing.
  if (signal.aborted) return { ...run, steps: steps.slice(0, -1), status: 'interrupted' };
  tell({ kind: 'knee', knee });
  const ratePerSecond = calmShare * carriedPerSecond(knee);
  if (ratePerSecond === 0) return { ...run, steps, knee, calm: first, status: 'complete' };
  const calm = await calmest(parts, settings, ratePerSecond);
  if (calm === undefined) return { ...run, steps, knee, status: 'interrupted' };
  const trials = await runTrials(parts, settings, calm, knee, tell);
  const status = signal.aborted ? 'interrupted' : 'complete';
  return { ...run, status, knee, steps, calm, trials };
}

/** What it surely carries, as far as anybody knows; in tasks per second. */
function carriedPerSecond(knee: Knee): number {
  switch (knee.kind) {
    case 'found':
      return knee.low;
    case 'above':
      return knee.than;
    case 'below':
    case 'unknown':
      return 0;
  }
}

/** Everything is held against it: so it is measured again where something else went on. */
async function calmest(
  parts: WatchParts,
  settings: BatterySettings,
  ratePerSecond: number,
): Promise<CalmReading | undefined> {
  let calm: CalmReading | undefined;
  for (let tries = 0; tries < calmTries && calm?.disturbed !== false; tries++) {
    calm = (await calmAt(parts, settings, ratePerSecond, calmMs)) ?? calm;
  }
  return calm;
}

/** Undefined: it was interrupted before. */
async function calmAt(
  parts: WatchParts,
  settings: BatterySettings,
  ratePerSecond: number,
  forMs: number,
): Promise<CalmReading | undefined> {
  const plan = steadyPlan(parts.subject, settings, 'calm', ratePerSecond);
  const watch = await Watch.start(parts, plan, forMs);
  try {
    const windows = await watch.lasting(forMs);
    const [first] = windows;
    if (first === undefined) return undefined;
    const tasks = inTurn(windows.map((it) => it.tasks));
    const disturbed = isGeneratorLate(tasks) || failedCount(tasks) > failedMost * tasks.offered;
    return { ratePerSecond, forMs, tasks, disturbed, edges: first.edges };
  } finally {
    await watch.stop();
  }
}

function kneeOf(
  parts: WatchParts,
  settings: BatterySettings,
  meanMs: number,
  tell: (news: BatteryNews) => void,
): Promise<FoundKnee> {
  const { from, most } = settings;
  const search = { from, most, precision: kneePrecision, sharpenMax };
  let offered = 0;
  return findKnee(
    async (rate, forMs) => {
      const reading = await drive(parts, settings, rate, forMs);
      ({ offered } = reading);
      return reading;
    },
    search,
    meanMs,
    (step) => {
      tell({ kind: 'step', step, offered });
      return !parts.signal.aborted;
    },
  );
}

async function runTrials(
  parts: WatchParts,
  settings: BatterySettings,
  calm: CalmReading,
  knee: Knee,
  tell: (news: BatteryNews) => void,
): Promise<readonly TrialRun[]> {
  const { subject, signal } = parts;
  const { ratePerSecond, edges, tasks } = calm;
  const trialSettings: TrialSettings = {
    ...settings,
    calm: {
      ratePerSecond,
      callMs: edges.map((it) => (it.offered > 0 ? it.calleeTime : it.turn).quantile(0.5)),
      speaksHttp: edges.map((it) => it.offered > 0),
      connections: edges.map((it) => it.connections),
    },
    burstPerSecond: Math.min(settings.most, burstFactor * carriedPerSecond(knee)),
  };
  const planned = standardTrials(subject, trialSettings);
  const plan = steadyPlan(subject, settings, 'calm', ratePerSecond);
  const usual = usualOf(tasks);
  const trials: TrialRun[] = [];
  for (const [index, trial] of planned.entries()) {
    if (signal.aborted) break;
    tell({ kind: 'trial', trial, number: index + 1, of: planned.length });
    const done = await runTrial(trial, parts, { ...settings, plan, ratePerSecond, usual });
    // Cut short, it says nothing.
    if (!signal.aborted) trials.push(done);
  }
  return trials;
}
