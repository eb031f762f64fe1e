import type { Model, Scenario } from '../../model/model.ts';
import type { ReadResult } from '../../model/read.ts';
import type { Run } from '../../signals/run.ts';
import type { Sample } from '../../signals/sample.ts';
import type { ReplicationPool } from '../../simulate/replicate/pool.ts';
import { runLengthMs } from '../../model/run-length.ts';
import type { Recording } from '../../traffic/recorded/recording.ts';
import type { Progress } from '../progress/event.ts';
import type { SimulateArguments } from './arguments.ts';
import { momentsOf } from '../scenarios/moments.ts';
import { calm } from '../scenarios/scenarios.ts';

/** The environment that a file is held against. */
export interface Against {
  readonly environment: string;
  readonly read: ReadResult;
}

/** A file as it is run: everything that stays the same from scenario to scenario. */
export interface Plan {
  readonly file: string;
  readonly options: SimulateArguments;
  /** The folder of its records; undefined where nobody asked for one. */
  readonly out: string | undefined;
  /** Of the file, as it is run. */
  readonly model: Model;
  /** What sources play instead of arrivals of their own, by the name of the source. */
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly read: ReadResult;
  /** The environment that it is held against. */
  readonly against: Against | undefined;
  readonly scenarios: readonly (Scenario | undefined)[];
  readonly seed: number;
  readonly replications: number;
}

/** And what all files share. */
export interface Session extends Plan {
  /** One of several files. */
  readonly several: boolean;
  readonly pool: ReplicationPool;
  readonly progress: Progress;
}

/**
 * All replications of a scenario, and how they come along.
 *
 * @param change what is tried, where the model is not the one of the file
 */
export function replicate(
  { file, several, seed, replications, pool, progress }: Session,
  model: Model,
  scenario: Scenario | undefined,
  change?: string,
): Promise<readonly Run[]> {
  const what = {
    ...(several ? { file } : {}),
    scenario: scenario?.name ?? calm,
    replications,
    durationMs: runLengthMs(model, scenario),
    moments: momentsOf(scenario),
  };
  if (change === undefined) progress.tell({ kind: 'scenario-began', ...what });
  else progress.tell({ kind: 'change-began', change, ...what });
  const onSample = (replication: number, sample: Sample): void =>
    progress.tell({ kind: 'sample', replication, sample });
  const shown = progress.silent ? {} : { onSample };
  return pool.run({ model, scenario, seed, count: replications, ...shown });
}
