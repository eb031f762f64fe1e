import type { Agreement } from '../judge/agreement/agreement.ts';
import type { Outcome, Verdict } from '../judge/verdict.ts';
import type { Fault, Model, Source } from '../model/model.ts';
import type { Calibration } from '../rehearse/calibrate/calibrate.ts';
import type { Run } from '../signals/run.ts';

/** What the same scenario came to in another environment of the file. */
export interface AgainstResult {
  readonly environment: string;
  readonly outcome: Outcome;
  /** The places of the settings that differ. */
  readonly differing: readonly string[];
}

/** A rehearsal beside a simulation of the same scenario. */
export interface Compared {
  /** The times of the model that was simulated. */
  readonly calibration: Calibration;
  readonly agreement: Agreement;
}

/** One scenario that was run and judged: what every report is made of. */
export interface Trial {
  /** As much of the model as a report needs, which a record knows as well. */
  readonly model: Pick<Model, 'name' | 'environment'> & {
    readonly sources: readonly Pick<Source, 'edge'>[];
  };
  /** Undefined: the calm run, without faults. */
  readonly scenario: { readonly faults: readonly Pick<Fault, 'atMs' | 'forMs'>[] } | undefined;
  readonly verdict: Verdict;
  /** The replication that stands for all: the worst. */
  readonly run: Run;
  /** The folder of its record, as the user would type it. */
  readonly record: string;
  /** Undefined: it was held against none. */
  readonly against?: AgainstResult | undefined;
  /** Undefined: it was held against no simulation. */
  readonly compared?: Compared | undefined;
  /** Shows all of this again. */
  readonly command: string;
}
