import type { Sample } from '../../signals/sample.ts';

interface Simulated {
  /** Where several are run. */
  readonly file?: string;
  readonly scenario: string;
  readonly replications: number;
  /** Of each replication. */
  readonly durationMs: number;
  /** What the scenario will do, in order of time. */
  readonly moments: readonly { readonly atMs: number; readonly text: string }[];
}

/** What happens while scenarios run: one stream, whoever shows it. */
export type ProgressEvent =
  | (Simulated & { readonly kind: 'scenario-began' })
  /** A change that the verdict suggests is simulated in the same way. Samples of it follow. */
  | (Simulated & {
      readonly kind: 'change-began';
      readonly change: string;
    })
  /** Replications count from 0. */
  | { readonly kind: 'sample'; readonly replication: number; readonly sample: Sample }
  /** How far a search is whose runs are too short to follow one by one. */
  | Searching
  | { readonly kind: 'stopping' }
  | { readonly kind: 'scenario-ended' };

export interface Searching {
  readonly kind: 'search';
  readonly name: string;
  /** 0 to 1, an estimate. */
  readonly share: number;
  /** What is being looked for. */
  readonly doing: readonly string[];
  readonly runs: number;
  readonly requests: number;
}

/** Who shows it. `close` leaves nothing behind on a terminal; once more does nothing. */
export interface Progress {
  /** Shows nothing at all. */
  readonly silent?: true;
  tell(event: ProgressEvent): void;
  close(): void;
}
