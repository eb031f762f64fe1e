import type { Finding, SuggestedChange } from '../verdict.ts';
import type { RunView } from './view.ts';

/** A finding in one replication. */
export interface Occurrence extends Omit<
  Finding,
  'evidence' | 'seenIn' | 'seed' | 'command' | 'steps' | 'changes' | 'sustainingEffect'
> {
  /**
   * How bad it is beside others of its severity, in lost calls or their like; the worst replication
   * is shown.
   */
  readonly effect: number;
  readonly sustainingEffect?: Finding['sustainingEffect'];
  readonly steps?: Finding['steps'];
  /** In the order in which they are worth trying. */
  readonly changes?: readonly SuggestedChange[];
}

/** Looks for one kind of failure in one run. */
export type Detector = (view: RunView) => readonly Occurrence[];
