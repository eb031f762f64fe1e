import type { EvidenceUnit } from './finding.ts';

/** What a simulation has shown: with the setting as it is, and with what would pass. */
export interface Demonstration {
  /** What was done to the system: `fail: payments, share: 100%, for 20 s`; empty for nothing. */
  readonly fault: string;
  /** What was measured: `attempts of web -> payments`. */
  readonly measure: string;
  readonly unit: EvidenceUnit;
  /** The value that would pass, as an edit of the file. */
  readonly change: string;
  /** The same seeds in both. */
  readonly seeds: readonly number[];
  /** One for each seed. */
  readonly asItIs: readonly number[];
  readonly changed: readonly number[];
  /** With each of the seeds it is worse as it is, and clearly so. */
  readonly shown: boolean;
  /** Shows it again. */
  readonly command: string;
}
