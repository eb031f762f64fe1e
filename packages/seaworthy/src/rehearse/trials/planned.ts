import type { Deed } from './deeds.ts';
import type { Trial, TrialAim, TrialName } from './trial.ts';

/** A trial that can be run, or why it cannot. */
export type PlannedTrial = Trial &
  (
    | {
        readonly deed: Deed;
        /** What must be touched so that it has shown something, and how many at least. */
        readonly unit: string;
        readonly touchedLeast: number;
      }
    | { readonly because: string }
  );

/** What was measured before, by which the trials are made to fit. */
export interface Calm {
  readonly ratePerSecond: number;
  /** Parallel to the dependencies: what a call takes; NaN: none was made. */
  readonly callMs: readonly number[];
  /** Parallel to the dependencies. */
  readonly speaksHttp: readonly boolean[];
  /** Parallel to the dependencies: how many were open at its end. */
  readonly connections: readonly number[];
}

export interface TrialSettings {
  readonly calm: Calm;
  /** What a burst goes to, in tasks per second. */
  readonly burstPerSecond: number;
  /** How long each trial does what it does. */
  readonly forMs: number;
  readonly seed: number;
  /** For an answer, from the intended start. */
  readonly deadlineMs: number;
}

/** Fewer hits say little; a dozen is what 2 s at a few requests a second give. */
export const requestsLeast = 10;

/** One trial in words. */
export function trial(name: TrialName, aim: TrialAim, on: string, what: string): Trial {
  return { name, aim, on, what };
}
