import type { TaskBasis, TaskKey } from './task-key.ts';

/** Attempts and the tasks they belong to, as far as they can be told. */
export interface TaskCounts {
  /** Requests that say which task they belong to, by what they say it. */
  readonly attempts: Readonly<Record<TaskBasis, number>>;
  /** Tasks that began: the first attempts among those. */
  readonly tasks: number;
  /** Requests that say nothing. */
  readonly unknown: number;
}

/**
 * Tries of a task come within seconds; of so many tasks the latest are remembered, or twice that.
 */
const rememberedMax = 25_000;

/**
 * Tells first attempts from others, in bounded memory: of two generations the older is forgotten.
 */
export class TaskCounter {
  #seen = new Set<string>();
  #seenBefore = new Set<string>();
  #attempts = { task: 0, 'request-id': 0, trace: 0 };
  #tasks = 0;
  #unknown = 0;

  count(task: TaskKey | undefined): void {
    if (task === undefined) {
      this.#unknown++;
      return;
    }
    this.#attempts[task.basis]++;
    const { key } = task;
    if (this.#seen.has(key)) return;
    if (!this.#seenBefore.has(key)) this.#tasks++;
    if (this.#seen.size === rememberedMax) {
      this.#seenBefore = this.#seen;
      this.#seen = new Set();
    }
    this.#seen.add(key);
  }

  /** What was counted since the time before. */
  take(): TaskCounts {
    const counts = { attempts: this.#attempts, tasks: this.#tasks, unknown: this.#unknown };
    this.#attempts = { task: 0, 'request-id': 0, trace: 0 };
    this.#tasks = 0;
    this.#unknown = 0;
    return counts;
  }
}
