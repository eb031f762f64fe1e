import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';

import { systemClock } from '@seaworthy/policy/engine';

import { agreementOf } from '../../judge/agreement/agreement.ts';
import { judge } from '../../judge/judge.ts';
import type { Model, Scenario } from '../../model/model.ts';
import { runLengthMs } from '../../model/run-length.ts';
import { type Calibration, calibrate } from '../../rehearse/calibrate/calibrate.ts';
import { rehearse } from '../../rehearse/rehearse.ts';
import type { Compared } from '../../report/trial.ts';
import type { Run } from '../../signals/run.ts';
import { sampleOf } from '../../signals/sample.ts';
import { ReplicationPool } from '../../simulate/replicate/pool.ts';
import type { Session } from './session.ts';

/** A calm minute, or as much of it as a scenario takes. */
const calmMaxMs = 60_000;

/** As many as `simulate` runs by default: with fewer, their range says little. */
const replications = 5;

/** What was to be calm was not: its times are not those of the calm. */
export class NotCalmError extends Error {
  constructor(sentence: string) {
    super(`nothing to calibrate from, for there was no calm: ${sentence}`);
    this.name = 'NotCalmError';
  }
}

/** A model that was calibrated, and what it says of each scenario that was rehearsed. */
export class Comparison {
  readonly #calibration: Calibration;
  readonly #seed: number;
  readonly #signal: AbortSignal;

  private constructor(calibration: Calibration, { seed, signal }: Session) {
    this.#calibration = calibration;
    this.#seed = seed;
    this.#signal = signal;
  }

  /**
   * Rehearses a calm while, without faults, and takes the times of the model from it. Undefined:
   * it was interrupted meanwhile.
   *
   * @throws NotCalmError where it was none.
   */
  static async begin(session: Session): Promise<Comparison | undefined> {
    const { file, model, seed, inputs, progress, signal, limits } = session;
    const forMs = Math.min(runLengthMs(model, undefined), model.run.warmUpMs + calmMaxMs);
    const quiet: Model = { ...model, run: { ...model.run, forMs } };
    const what = { scenario: 'calm, to calibrate', replications: 1, moments: [] };
    progress.tell({ kind: 'scenario-began', ...what, durationMs: forMs });
    const run = await rehearse(quiet, {
      scenario: undefined,
      // Other arrivals than those that it is held against.
      seed: seed + replications,
      inputs,
      clock: systemClock,
      folder: dirname(file),
      outputFolder: undefined,
      signal,
      limits,
      onInterval: (interval) =>
        progress.tell({ kind: 'sample', replication: 0, sample: sampleOf(model, interval) }),
    });
    progress.tell({ kind: 'scenario-ended' });
    if (signal.aborted) return undefined;
    const { outcome, sentence } = judge(quiet, undefined, [run], '');
    if (outcome === 'fail' || outcome === 'invalid') throw new NotCalmError(sentence);
    return new Comparison(calibrate(model, run), session);
  }

  /**
   * Simulates a scenario, and holds it against its rehearsal. Undefined: one of them was cut short,
   * and nothing is known of how the two are alike.
   */
  async with(scenario: Scenario | undefined, rehearsed: Run): Promise<Compared | undefined> {
    if (rehearsed.header.status !== 'complete') return undefined;
    const { model } = this.#calibration;
    const pool = new ReplicationPool(availableParallelism());
    const stop = (): void => pool.interrupt();
    this.#signal.addEventListener('abort', stop);
    try {
      const work = { model, scenario, seed: this.#seed, count: replications };
      const simulated = await pool.run(work);
      if (pool.interrupted) return undefined;
      const agreement = agreementOf(model, scenario, simulated, rehearsed);
      return { calibration: this.#calibration, agreement };
    } finally {
      this.#signal.removeEventListener('abort', stop);
      await pool.close();
    }
  }
}
