import type { Sample } from '../../simulate/replicate/sample.ts';

/** What happens while scenarios run: one stream, whoever shows it. */
export type ProgressEvent =
  | {
      readonly kind: 'scenario-began';
      readonly scenario: string;
      readonly replications: number;
      /** Of each replication. */
      readonly durationMs: number;
      /** What the scenario will do, in order of time. */
      readonly moments: readonly { readonly atMs: number; readonly text: string }[];
    }
  /** Replications count from 0. */
  | { readonly kind: 'sample'; readonly replication: number; readonly sample: Sample }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'scenario-ended' };

/** Who shows it. `close` leaves nothing behind on a terminal; once more does nothing. */
export interface Progress {
  tell(event: ProgressEvent): void;
  close(): void;
}
