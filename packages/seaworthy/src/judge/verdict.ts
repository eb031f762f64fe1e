import type { criticalityNames } from '@seaworthy/policy/engine';

import type { FileEdit } from '../model/edit/file-edit.ts';

/** `invalid`: a rehearsal in which the load or a fault did not do its part says nothing. */
export type Outcome = 'pass' | 'fail' | 'inconclusive' | 'invalid';

/** What a run, or several replications of it, says about the objectives, and what went wrong. */
export interface Verdict {
  readonly schema: 1;
  readonly outcome: Outcome;
  /**
   * The sentence that matters: "Collapsed at 60 s and had not recovered 150 s after the fault
   * ended."
   */
  readonly sentence: string;
  readonly objectives: readonly ObjectiveResult[];
  /** Ranked, worst first. */
  readonly findings: readonly Finding[];
  readonly traffic: readonly TrafficResult[];
  readonly edges: readonly EdgeResult[];
  readonly queues: readonly QueueResult[];
  readonly rows: readonly RowsResult[];
  readonly replications: number;
  readonly seeds: readonly number[];
}

export interface ObjectiveResult {
  /** As written in the file. */
  readonly text: string;
  readonly outcome: Outcome;
  readonly required: string;
  /**
   * Median of the replications, with its unit; and the lowest and highest replication where there
   * are several.
   */
  readonly observed: string;
  readonly observedRange: string | undefined;
  /**
   * How far from the limit, as a share of it: 0.2 means 20 % to spare, -3 means four times over.
   */
  readonly margin: number | undefined;
  /** How many replications failed it. */
  readonly failedReplications: number;
  /** The first interval that broke it, for objectives that intervals can break. */
  readonly firstViolationMs: number | undefined;
  /** Why the answer is not known, for `inconclusive`. */
  readonly note: string | undefined;
}

export interface Finding {
  /** What was found and where, the same in all runs: `retry-storm web -> payments`. */
  readonly key: string;
  /**
   * What kind of finding it is: `retry-storm`. Stable; docs/findings.md has all, with a section
   * each.
   */
  readonly id: string;
  /**
   * One line: what happened, with its number: "retry storm on web -> payments: 2.9 attempts per
   * task".
   */
  readonly title: string;
  readonly severity: 'critical' | 'high' | 'medium';
  /** `demonstrated` by a simulation, `reproduced` by a rehearsal. */
  readonly evidence: 'suspected' | 'demonstrated' | 'reproduced';
  /** When, in milliseconds of the run. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly edges: readonly string[];
  readonly services: readonly string[];
  /** The numbers it rests on: "attempts per task 2.9 (1.02 before 60 s)". */
  readonly numbers: readonly string[];
  /** What keeps it going, for failures that feed themselves. */
  readonly sustainingEffect: string | undefined;
  /** The order of events, for a cascade. */
  readonly steps: readonly { readonly atMs: number; readonly text: string }[];
  /** Changes to the file that would help, the best first. */
  readonly changes: readonly Change[];
  /** In how many replications it was seen. */
  readonly seenIn: number;
  /** The replication (seed) that shows it best. */
  readonly seed: number;
  /** The command that shows it again. */
  readonly command: string;
}

/** A change to the file that a program can make, and why it would help. */
export interface SuggestedChange {
  readonly edits: readonly FileEdit[];
  readonly why: string;
}

export interface Change extends SuggestedChange {
  /**
   * The lines of the file that change, each with a blank, `-` or `+` before it; empty until they
   * are looked up.
   */
  readonly difference: readonly string[];
  /** What it did when it was simulated with the same seeds. Undefined: it was not. */
  readonly tried: TriedChange | undefined;
}

/**
 * What a change did to the finding that it is for and to everything else. `solves`: the finding is
 * gone. `helps`: it is less, or an objective holds or has come half of the way. `trades`: one of
 * these, but something else is worse. `none`: nothing is better.
 */
export type ChangeEffect = 'solves' | 'helps' | 'trades' | 'none';

export interface TriedChange {
  readonly effect: ChangeEffect;
  /** Of the whole scenario, with the change. */
  readonly outcome: Outcome;
  readonly replications: number;
  /** The finding as it is with the change. Undefined: it is gone. */
  readonly still: BriefFinding | undefined;
  /** The keys of the other findings that are gone. */
  readonly alsoGone: readonly string[];
  /** The objectives that failed without the change, or fail with it. */
  readonly objectives: readonly ChangedObjective[];
  /** Findings that are new, or graver. */
  readonly worse: readonly BriefFinding[];
}

export type BriefFinding = Pick<Finding, 'title' | 'severity' | 'seenIn'>;

export interface ChangedObjective {
  /** As written in the file. */
  readonly text: string;
  readonly before: Pick<ObjectiveResult, 'outcome' | 'observed' | 'margin'>;
  readonly after: Pick<ObjectiveResult, 'outcome' | 'observed' | 'margin'>;
  /** Undefined: it is of the whole run, or it was not looked at. */
  readonly course: Course | undefined;
}

/**
 * What an objective came to over one run without a change, and over that with the same seed with
 * it, in the unit of its measure: shares 0 to 1, milliseconds, per second.
 */
export interface Course {
  /** The ends of the parts; the first begins at 0. */
  readonly toMs: readonly number[];
  /** NaN where too little was measured to tell. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** One traffic source over the run, after the warm-up; medians of the replications. */
export interface TrafficResult {
  readonly source: string;
  readonly offeredPerSecond: number;
  readonly goodputPerSecond: number;
  readonly successShare: number;
  readonly fallbackShare: number;
  readonly failedShare: number;
  readonly rejectedShare: number;
  readonly latency: LatencyResult;
  /** The most critical first, for a source that has more than one class; else empty. */
  readonly classes: readonly ClassResult[];
}

/** The tasks of one class of criticality. */
export interface ClassResult {
  readonly criticality: (typeof criticalityNames)[number];
  readonly successShare: number;
  readonly fallbackShare: number;
  readonly failedShare: number;
  readonly rejectedShare: number;
}

/** One message queue over the run, after the warm-up; medians of the replications. */
export interface QueueResult {
  readonly queue: string;
  readonly publishedPerSecond: number;
  readonly donePerSecond: number;
  /** From publishing to having been processed. */
  readonly latency: LatencyResult;
  readonly backlogMax: number;
  /** The oldest message, at its oldest. */
  readonly ageMs: number;
  readonly redeliveredShare: number;
  readonly duplicateShare: number;
  readonly deadLetterShare: number;
}

/** Some rows over the run, after the warm-up; medians of the replications. */
export interface RowsResult {
  readonly rows: string;
  readonly locksPerSecond: number;
  /** Time to get a lock; undefined where there are too few. */
  readonly waitP99Ms: number | undefined;
  /** Requests that waited for a lock, mean over time. */
  readonly queueMean: number;
  readonly conflictShare: number;
}

/** In milliseconds; undefined where the sample is too small for the percentile. */
export interface LatencyResult {
  readonly samples: number;
  readonly mean: number | undefined;
  readonly p50: number | undefined;
  readonly p90: number | undefined;
  readonly p99: number | undefined;
  readonly p999: number | undefined;
  readonly max: number | undefined;
}

/** The calls of an edge that its fallback answered. */
export interface FallbackResult {
  /** Why it had to, the most frequent first; shares of what it answered. */
  readonly reasons: readonly { readonly reason: string; readonly share: number }[];
  /** Which link of the chain answered, by position; shares of what it answered. */
  readonly links: readonly number[];
  /** For how long it was the normal path of a caller at most, in milliseconds. 0: never. */
  readonly normalMs: number;
}

/** What the caches of an edge did over the run, after the warm-up; medians of the replications. */
export interface CacheResult {
  /** Shares of the calls that asked: a fresh answer, an old one, an own flight, another's. */
  readonly hitShare: number;
  readonly staleShare: number;
  readonly missShare: number;
  readonly joinedShare: number;
  /** A remembered failure. */
  readonly failedShare: number;
  /** Of the misses and the joined: those that got an old answer when the flight failed. */
  readonly rescuedShare: number;
  readonly recomputedPerSecond: number;
  /** Of the recomputations: refreshes in the background. */
  readonly refreshedPerSecond: number;
  /** The most for one key at once. */
  readonly recomputingMax: number;
}

export interface EdgeResult {
  readonly edge: string;
  readonly offeredPerSecond: number;
  readonly successShare: number;
  /** Success of single attempts, before retries: effective against actual. */
  readonly attemptSuccessShare: number;
  readonly attemptsPerTask: number;
  readonly latency: LatencyResult;
  readonly waitP99Ms: number | undefined;
  readonly rejectedShare: number;
  readonly fallbackShare: number;
  /** What the fallback did, where it did something. */
  readonly fallback: FallbackResult | undefined;
  readonly breakerOpenShare: number;
  readonly inFlightMax: number;
  readonly limit: number;
  /** Undefined: it has no cache. */
  readonly cache: CacheResult | undefined;
  /** Something about it is worth reading: a finding, or far from calm. */
  readonly notable: boolean;
}
