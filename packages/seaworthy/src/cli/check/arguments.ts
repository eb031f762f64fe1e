import type { FailOn } from '../../check/assessment.ts';

/** The options of `check`, as the command line has them. */
export interface CheckArguments {
  readonly env?: string;
  readonly against?: string;
  readonly rehearsed?: string;
  /** `true`: all findings that can be shown; else the id of one. */
  readonly demonstrate?: true | string;
  readonly seed?: string;
  readonly failOn: FailOn;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'junit';
  readonly all?: true;
  readonly color: boolean;
}
