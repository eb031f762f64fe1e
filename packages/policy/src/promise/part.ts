import type { PolicySettings } from '../call/settings.ts';
import type { Stages } from '../call/stages.ts';
import type { CallPolicy } from '../options/call-policy.ts';
import type { Clock } from '../time/clock.ts';
import type { ObservedPolicy } from './observer.ts';
import type { PolicyOptions } from './policy.ts';
import type { Runner, RunnerParts } from './runner.ts';

/** The options of a policy that is being made. */
export type Given = PolicyOptions<unknown>;

/** A policy that is being made. */
export interface Making {
  readonly options: Given;
  readonly clock: Clock;
  readonly policy: ObservedPolicy;
  /** What an observer threw last, for the snapshot. */
  observerError: unknown;
}

/** A policy that has been made. */
export interface Made {
  readonly runner: Runner;
  readonly options: Given;
  /** Its settings now. */
  settings: PolicySettings;
  /** The settings for other options of {@link CallPolicy}. @throws OptionError */
  readonly settingsFor: (given: CallPolicy) => PolicySettings;
}

/**
 * One thing that a policy may do: the options `O` that it knows, what carries them out, and the
 * methods `M` that it adds to the policy. What no part is handed for is in no bundle.
 */
export interface Part<O extends object = object, M extends object = object> {
  /** @internal Its options: those of {@link CallPolicy}, which `reconfigure` takes again, ... */
  readonly names?: readonly string[];
  /** @internal ... and those that are said once. */
  readonly once?: readonly string[];
  /** @internal */
  readonly stages?: Stages;
  /** @internal The settings of its options; `core` are those of every policy. */
  readonly read?: (given: Given, core: PolicySettings) => Partial<PolicySettings>;
  /** @internal What it puts around the engine. */
  readonly equip?: (making: Making) => Partial<RunnerParts>;
  /** @internal */
  readonly methods?: (made: Made) => M;
  /** Nothing: it tells the compiler which options there are. */
  readonly options?: O;
}
