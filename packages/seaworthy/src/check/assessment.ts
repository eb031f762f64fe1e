import type { Finding } from './finding.ts';
import { type Severity, severities } from './severity.ts';

/** From which severity on a finding fails a check. */
export type FailOn = Severity | 'never';

/** A finding that somebody has decided to live with for now. */
export interface SetAside {
  readonly finding: Finding;
  /** `ignore`: somebody gave a reason and a last day. `baseline`: it was there before. */
  readonly by: 'ignore' | 'baseline';
  /** Undefined for those of a baseline. */
  readonly reason: string | undefined;
  /** `2027-03-31`, the last day on which it counts. Undefined for those of a baseline. */
  readonly until: string | undefined;
}

/** What the findings of a check come to. */
export interface Assessment {
  /** Those that count, worst first. */
  readonly findings: readonly Finding[];
  readonly setAside: readonly SetAside[];
  /** What is wrong with what was set aside, a sentence each. */
  readonly notes: readonly string[];
}

/** Whether a finding is as bad as what fails a check. */
export function fails({ severity }: Pick<Finding, 'severity'>, failOn: FailOn): boolean {
  return failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn);
}
