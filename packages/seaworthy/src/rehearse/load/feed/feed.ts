import type { LoadTask } from '../task.ts';

/** Where tasks come from, in order of time. */
export interface Feed {
  /** When the next one is to start, from the start of the load; Infinity: there is none. */
  readonly nextMs: number;
  /** Only when there is one. */
  take(): LoadTask;
}
