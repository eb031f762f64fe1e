import type { Assessment, FailOn } from '../../check/assessment.ts';
import type { Lack } from '../../check/finding.ts';
import type { RuleText } from '../../check/rule.ts';
import type { NotUnderstood, ReadFile } from '../../model/import/landscape.ts';

/** What a check came to: what every report of it is made of. */
export interface CheckReport {
  /** What was checked, as the user named it. */
  readonly checked: string;
  readonly environment: string | undefined;
  /** What it was held against. */
  readonly against: string | undefined;
  readonly assessment: Assessment;
  readonly undecided: readonly (Lack & { readonly rule: string })[];
  /** A hash of the effective policies. Undefined: there are none. */
  readonly policies: string | undefined;
  /** All rules that were asked. */
  readonly rules: readonly RuleText[];
  readonly read: readonly ReadFile[];
  readonly notUnderstood: readonly NotUnderstood[];
  readonly failOn: FailOn;
  /** Shows all of this again. */
  readonly command: string;
  readonly version: string;
}
