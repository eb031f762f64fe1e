import type { ProgressKind } from '../progress/progress.ts';

/** The options of `simulate`, as the command line has them. */
export interface SimulateArguments {
  readonly scenario?: string;
  readonly env?: string;
  readonly against?: string;
  readonly seed?: string;
  readonly replications?: string;
  readonly for?: string;
  readonly recorded?: readonly string[];
  readonly out?: string;
  readonly format: 'text' | 'json';
  readonly progress: ProgressKind;
  readonly try: boolean;
  readonly all?: true;
  readonly report?: string | true;
  readonly color: boolean;
}
