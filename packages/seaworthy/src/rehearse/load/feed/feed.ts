import type { LoadTask } from '../task.ts';

/** Where the tasks of one thread come from, in order of time. */
export interface Feed {
  /** When the next one is to start, from the start of the load; Infinity: there is none now. */
  readonly nextMs: number;
  /** Only when there is one. */
  take(): LoadTask;
  /** It has its outcome: of a closed loop, its user goes on. */
  settled(task: LoadTask, nowMs: number): void;
}

/** Which of the threads of a load this is, from 0, and how many there are. */
export interface Part {
  readonly index: number;
  readonly count: number;
}
