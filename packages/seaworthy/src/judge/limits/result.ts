import type { FailingObjective } from './failing.ts';
import type { LoadAxis } from './load.ts';
import type { LoopPoint } from './loop.ts';
import type { Proportion } from './proportion.ts';
import type { Threshold } from './search.ts';
import type { SizeKind } from './trigger.ts';

/** What `seaworthy limits` finds out about a model. */
export interface Limits {
  readonly schema: 1;
  readonly model: { readonly name: string; readonly environment: string | undefined };
  readonly load: {
    readonly unit: LoadAxis['unit'];
    /** The load of the file; all loads below are in its unit. */
    readonly given: number;
    readonly sources: readonly string[];
  };
  /** What fails at every load that was tried. All below is judged by the other objectives. */
  readonly failing: readonly FailingObjective[];
  readonly state: StateResult;
  /** Up to here a system comes back from collapse: λ_lo. */
  readonly stableUpTo: Threshold;
  /** Up to here a system that is healthy stays so: λ_hi. */
  readonly vulnerableUpTo: Threshold;
  /** How many times the given load the system is stable up to: below 1 there is no room. */
  readonly headroom: number | undefined;
  /** Vulnerable up to, over stable up to: 1 is a system that comes back from all it can carry. */
  readonly fragility: number | undefined;
  /** One run, up and down, in the order in which it went. */
  readonly loop: readonly LoopPoint[];
  readonly triggers: readonly TriggerResult[];
  /** What to know before the numbers are believed, in sentences. */
  readonly notes: readonly string[];
  readonly horizonMs: number;
  readonly seed: number;
  readonly runs: number;
  /** What was simulated: calls, or their attempts where these are more; and time. */
  readonly requests: number;
  readonly simulatedMs: number;
  readonly status: 'complete' | 'interrupted';
}

export type StateName = 'stable' | 'vulnerable' | 'overloaded';

/** The state of the given load, by the two-start test. */
export interface StateResult {
  /** Or that it is not known with 95 %. */
  readonly name: StateName | 'inconclusive';
  readonly probability: Readonly<Record<StateName, number>>;
  /** How many runs from an empty start collapsed; and how many did not come back from collapse. */
  readonly cold: Proportion;
  readonly hot: Proportion;
}

/** P(collapse | size) of one trigger, at the given load. */
export interface TriggerResult {
  readonly name: string;
  readonly texts: readonly string[];
  readonly kind: SizeKind;
  /** Of size 1, the one that the file has; undefined for a magnitude. */
  readonly durationMs: number | undefined;
  /** The size that tips half of the runs: D50. */
  readonly tipsAt: Threshold;
  /** P(collapse) of the trigger as the file has it, by the curve. */
  readonly asWritten: number | undefined;
  /** The curve that fits best, for sizes in ascending order. */
  readonly curve: readonly { readonly size: number; readonly probability: number }[];
  /** What was run, in ascending order of size. */
  readonly observed: readonly { readonly size: number; readonly collapsed: boolean }[];
  /** Why there is no curve. */
  readonly skipped: string | undefined;
}
