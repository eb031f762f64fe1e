import type { Model, Scenario } from '../../model/model.ts';
import type { ReadResult } from '../../model/read.ts';
import type { Limits } from '../../rehearse/limits.ts';
import type { Progress } from '../progress/event.ts';
import type { AbortRule } from './abort-rule.ts';
import type { SourceInput } from '../../rehearse/sources.ts';
import type { RehearseArguments } from './arguments.ts';

/** Everything that stays the same from scenario to scenario. */
export interface Session {
  readonly file: string;
  readonly options: RehearseArguments;
  readonly read: ReadResult;
  readonly model: Model;
  readonly scenarios: readonly (Scenario | undefined)[];
  readonly seed: number;
  /** What the sources are given on the command line, parallel to them. */
  readonly inputs: readonly SourceInput[];
  readonly progress: Progress;
  /** Aborted: the user wants no more of it. */
  readonly signal: AbortSignal;
  readonly limits: Limits;
  readonly abortRule: AbortRule | undefined;
}
