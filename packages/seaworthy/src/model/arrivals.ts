import type { Distribution } from './model.ts';

/** Open loop: tasks arrive whatever the system does. */
export interface OpenArrivals {
  readonly kind: 'open';
  readonly spacing: 'poisson' | 'constant';
  /**
   * The rate over time: at `atMs` it goes to `perSecond` within `overMs` (0: a step). The first has
   * `atMs` 0.
   */
  readonly shape: readonly {
    readonly atMs: number;
    readonly perSecond: number;
    readonly overMs: number;
  }[];
  /**
   * When each arrives, in order, where that was recorded: then nothing is drawn, and the shape is
   * what their rate was.
   */
  readonly recordedMs?: readonly number[];
}

/** Closed loop: each user thinks, asks, waits for the answer, thinks again. */
export interface ClosedArrivals {
  readonly kind: 'closed';
  readonly users: number;
  /** How many tasks each of them has. Infinity: they never leave. */
  readonly tasks: number;
  readonly think: Distribution;
}
