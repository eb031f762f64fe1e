import type { Verdict } from '../../judge/verdict.ts';
import type { Limits } from '../../judge/limits/result.ts';
import type { Statement } from '../limits/headline.ts';
import type { Measure } from '../../model/model.ts';
import type { FollowedTask } from '../../signals/followed-task.ts';
import type { RunEvent, RunHeader } from '../../signals/run.ts';

/** All that one page shows: what the report embeds. */
export interface PageDocument {
  /** Counts up when an older page would misunderstand it. */
  readonly schema: 1;
  readonly runs: readonly PageRun[];
  /** The first two are held against each other; else one is shown at a time. */
  readonly compared: boolean;
  readonly limits: LimitsResult | undefined;
}

/** Of `seaworthy limits`, with the command that shows it again, and what matters of it. */
export type LimitsResult = Limits & {
  readonly command: string;
  readonly statements: readonly Statement[];
};

/**
 * A run as the page draws it: by series instead of by interval, so that a chart is one list, equal
 * things are neighbours for the compressor, and only what is looked at is ever unfolded.
 */
export interface PageRun {
  /** Told from other runs by this in the page: `after`, or the name of its scenario. */
  readonly label: string;
  /** The folder of its record, as the user typed it. */
  readonly record: string;
  /** Shows all of this again. Undefined: the record does not know. */
  readonly command: string | undefined;
  readonly header: RunHeader;
  /** Undefined: nothing was judged. */
  readonly verdict: Verdict | undefined;
  readonly eventsDropped: number;
  readonly events: readonly RunEvent[];
  /** Examples of tasks, call by call. */
  readonly tasks: readonly FollowedTask[];
  /** The ends of the intervals; the first begins at 0. */
  readonly toMs: readonly number[];
  /** Parallel to `header.edges`, `header.services`, `header.queues`. */
  readonly edges: readonly Series[];
  readonly services: readonly Series[];
  readonly queues: readonly Series[];
  readonly replicas: ReplicaSteps;
  /** The objectives that can be drawn as a line in a chart. */
  readonly lines: readonly ObjectiveLine[];
}

/** What is known of one part over the run: a value for each interval. Absent: 0 in all of them. */
export interface Series {
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  /** By field and reason: `rejected` and `queue-full`. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** Distributions of times, as `coarseTimes` writes them. */
  readonly times: Readonly<Record<string, readonly string[]>>;
}

/** What each replica did, in steps of so many intervals each. */
export interface ReplicaSteps {
  readonly step: number;
  /** Parallel to `header.services`: one for each place for a replica. */
  readonly services: readonly (readonly ReplicaSeries[])[];
}

/** One value a step. */
export interface ReplicaSeries {
  readonly arrived: readonly number[];
  readonly failed: readonly number[];
  /** Mean service time; 0: nothing was answered. */
  readonly meanMs: readonly number[];
}

export interface ObjectiveLine {
  /** The index into the objectives of the verdict. */
  readonly objective: number;
  /** The name of the service, source or edge. */
  readonly subject: string;
  readonly measure: Measure;
  /** In the unit of the measure. */
  readonly required: number;
  /** The good side of the line. */
  readonly below: boolean;
}
