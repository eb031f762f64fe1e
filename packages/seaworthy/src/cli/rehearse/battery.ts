import { systemClock } from '@seaworthy/policy/engine';

import { judgeBattery } from '../../judge/trials/judge-battery.ts';
import type { Model } from '../../model/model.ts';
import { findAttached } from '../../rehearse/stage/attached.ts';
import { Stage } from '../../rehearse/stage/stage.ts';
import {
  type BatteryRun,
  type BatterySettings,
  runBattery,
} from '../../rehearse/trials/battery.ts';
import { subjectOf } from '../../rehearse/trials/stage-subject.ts';
import { printScorecardJson } from '../../report/trials/json.ts';
import { printScorecard } from '../../report/trials/terminal.ts';
import { wantsColour } from '../colour.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';
import { progressFor } from '../progress/progress.ts';
import { onInterrupt } from '../interrupt.ts';
import { batteryProgress } from './battery-progress.ts';
import { readLimits, type RehearseArguments } from './arguments.ts';

/** Apart from the proxies: what these do must not make arrivals late. */
const threads = 1;

/** What a battery is run on, whether a file says it or the command line. */
export interface BatteryPlan {
  readonly model: Model;
  readonly settings: BatterySettings;
  /** What `run` commands are relative to. */
  readonly folder: string;
  /** Shows all of this again. */
  readonly command: string;
  /** What is to be done when the stage is up. */
  readonly onStage: (stage: Stage) => Promise<void>;
  /** Writes what was measured; the name of the file. */
  readonly write: (run: BatteryRun) => Promise<string | undefined>;
  /** What to throw instead of a failure of the stage. */
  readonly stageFailure: (error: unknown) => unknown;
}

/** Runs every standard trial, prints the scorecard, and says how to exit. */
export async function runBatteryPlan(
  plan: BatteryPlan,
  options: RehearseArguments,
): Promise<ExitCode> {
  const { model, settings, command } = plan;
  const progress = progressFor(options.progress, options.color);
  const interrupted = new AbortController();
  const release = onInterrupt(() => {
    interrupted.abort();
    progress.tell({ kind: 'stopping' });
  });
  const { signal } = interrupted;
  const crashes = new Map<string, string>();
  try {
    const stage: Stage = await Stage.open(model, {
      clock: systemClock,
      seed: settings.seed,
      folder: plan.folder,
      outputFolder: undefined,
      signal,
      onCrash: (replica, how) => void crashes.set(replica, how),
      onBack: () => undefined,
    }).catch((error: unknown) => {
      throw plan.stageFailure(error);
    });
    try {
      await plan.onStage(stage);
      await findAttached(model, stage).catch((error: unknown) => {
        throw plan.stageFailure(error);
      });
      const subject = subjectOf(model, stage, {
        connections: readLimits(options).connections,
        crashOf: (replica) => {
          const how = crashes.get(replica);
          crashes.delete(replica);
          return how;
        },
        signal,
      });
      const parts = { clock: systemClock, threads, subject, signal };
      const run = await runBattery(parts, settings, batteryProgress(model.name, progress));
      progress.close();
      const card = judgeBattery(run);
      const written = run.status === 'unanswered' ? undefined : await plan.write(run);
      const colour = wantsColour(process.stdout, options.color);
      process.stdout.write(
        options.format === 'json'
          ? printScorecardJson(card, { command, written })
          : printScorecard(card, { colour, command, written }),
      );
      return signal.aborted ? ExitCode.interrupted : exitCodeOf(card.outcome);
    } finally {
      await stage.close();
    }
  } finally {
    release();
    progress.close();
  }
}
