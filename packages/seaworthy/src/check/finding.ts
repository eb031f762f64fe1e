import type { Demonstration } from './demonstration.ts';
import type { FileEdit } from '../model/edit/file-edit.ts';
import type { FileOrigin, Origin } from '../model/import/landscape.ts';
import type { Confidence, Severity } from './severity.ts';

/** A number that a finding rests on, and where it comes from. */
export interface Evidence {
  /** `timeout of web -> payments`. */
  readonly name: string;
  /** Durations in milliseconds, rates per second, sizes in bytes, shares 0 to 1. */
  readonly value: number | string | boolean;
  readonly unit: EvidenceUnit;
  readonly origin: Origin;
  /** It helps to understand, and the finding would be the same without it. Default: false. */
  readonly isContext?: boolean;
}

export type EvidenceUnit = 'duration' | 'rate' | 'size' | 'share' | 'count' | 'text';

/** What a rule says of one subject. */
export type Decision = Suspicion | Lack;

/** Two assumptions contradict each other. */
export interface Suspicion {
  readonly kind: 'finding';
  /** What it is about: `web -> payments`, `web`. */
  readonly subject: string;
  /** Before confidence counts. Default: that of the rule. */
  readonly severity?: Severity;
  /** What is wrong, in one sentence with its numbers. */
  readonly what: string;
  readonly numbers: readonly Evidence[];
  /** A value that would pass, as a sentence part: `a timeout above 10 s`. */
  readonly passes: string;
  /**
   * The same for programs: settings of a seaworthy.yaml (or of what `init --from` makes of the
   * files), to be changed together. Undefined: no such setting is all that it takes.
   */
  readonly proposed?: readonly FileEdit[];
  /** The setting to change, or what the finding is about where nobody set it. */
  readonly at: FileOrigin | undefined;
}

/** The rule cannot decide about a subject. */
export interface Lack {
  readonly kind: 'lacks';
  readonly subject: string;
  /** What is missing, as a sentence part: `the peak rate of web -> payments`. */
  readonly input: string;
}

/** A suspicion with the rule that has it. */
export interface Finding extends Suspicion {
  /**
   * Stable from run to run, whatever lines and numbers are: `RT05 web -> payments`. Where a rule
   * has several of one subject, the others have a number: `RT05 web -> payments 2`.
   */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What a simulation made of it, where that was asked for and there is a way. */
  readonly demonstration?: Demonstration;
}
