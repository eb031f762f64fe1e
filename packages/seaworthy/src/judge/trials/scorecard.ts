import type { Knee, KneeStep } from '../../rehearse/knee/search.ts';
import type { TrialAim, TrialName } from '../../rehearse/trials/trial.ts';
import type { Counts } from '../../signals/run.ts';
import type { Outcome } from '../verdict.ts';

/**
 * `not exercised`: what was done reached nothing, or too little to show anything. `not run`: it
 * could not be tried. `invalid`: the generator was what could not keep up. None of them says
 * anything of the target.
 */
export type Grade = 'passed' | 'failed' | 'not exercised' | 'not run' | 'invalid';

/** How tasks fared during some time. */
export interface Figures {
  readonly offeredPerSecond: number;
  readonly goodputPerSecond: number;
  /** Of those that ended, 0..1; NaN: none did. */
  readonly successShare: number;
  /** Of those that ended: no answer within the deadline. */
  readonly unansweredShare: number;
  /** Of those that succeeded, from the intended start; NaN: none did. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What one trial has shown. */
export interface TrialResult {
  readonly name: TrialName;
  readonly aim: TrialAim;
  readonly on: string;
  readonly what: string;
  readonly grade: Grade;
  /** A sentence; undefined where it passed. */
  readonly because: string | undefined;
  readonly before: Figures | undefined;
  readonly during: Figures | undefined;
  /** From the end of what was done until tasks fare as before; undefined: they did not. */
  readonly recoveryMs: number | undefined;
  /** HTTP calls of the dependencies that were under way, before and after. */
  readonly calls: { readonly before: number; readonly after: number } | undefined;
  /** What was done, so often. */
  readonly touched: number;
  readonly unit: string;
}

/** What a battery of trials has shown of a target. */
export interface Scorecard {
  readonly schema: 1;
  readonly target: string;
  readonly dependencies: readonly string[];
  readonly status: 'complete' | 'interrupted' | 'unanswered';
  readonly outcome: Outcome;
  readonly seed: number;
  readonly deadlineMs: number;
  readonly knee: Knee | undefined;
  readonly steps: readonly KneeStep[];
  readonly calm: Figures | undefined;
  /** Something else went on in the calm, so that what is held against it counts for little. */
  readonly disturbed: boolean;
  /** What became of the tasks of the calm: answers by status, and problems without one. */
  readonly answers: Counts;
  readonly trials: readonly TrialResult[];
}
