import type { ProgressKind } from '../progress/progress.ts';

/** The options of `rehearse`, as the command line has them. */
export interface RehearseArguments {
  readonly scenario?: string;
  readonly env?: string;
  readonly seed?: string;
  readonly for?: string;
  readonly out?: string;
  readonly format: 'text' | 'json';
  readonly progress: ProgressKind;
  readonly all?: true;
  readonly compareSimulation?: true;
  readonly report?: string | true;
  readonly color: boolean;
}
