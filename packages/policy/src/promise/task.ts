import { criticalityNames, levelAt, levelOf } from '../admission/criticality.ts';
import type { Criticality } from '../admission/criticality.ts';
import { Task } from '../call/call.ts';
import type { Duration } from '../options/call-policy.ts';
import { count, fields, positiveDuration, word } from '../options/reader.ts';
import type { Clock } from '../time/clock.ts';
import { systemRandom } from '../random/system.ts';
import { systemClock } from '../time/system.ts';

/** What all calls of a task together may use. */
export interface TaskOptions {
  /** When all of it must be done, from now on. Default none. */
  readonly deadline?: Duration;
  /** Attempts that all calls of the task together may use: 1 to 1000000. Default no cap. */
  readonly attempts?: number;
  /** How much it matters, where policies shed. Default `critical`. */
  readonly criticality?: (typeof criticalityNames)[number];
  /**
   * Whose task it is: where some of a class are shed, all tasks of a user are, or none is. Default:
   * anybody's.
   */
  readonly user?: string | number;
}

/** Where the task of the code that runs now is kept: `AsyncLocalStorage` on Node. */
export interface TaskStorage {
  run<T>(of: Task, work: () => T): T;
  getStore(): Task | undefined;
}

let storage: TaskStorage | undefined = undefined;

/** Nothing was ever kept: then looking is for nothing, too. */
let isUsed = false;

/** @internal Set once, by the entry for Node. */
export function keepTasksIn(given: TaskStorage): void {
  storage = given;
}

/** The task of the code that runs now, where the platform can tell. */
export function currentTask(): Task | undefined {
  return isUsed ? storage!.getStore() : undefined;
}

/** Runs `work` on behalf of `task`. */
export function runWithin<T>(of: Task, work: () => T): T {
  if (storage === undefined) return work();
  isUsed = true;
  return storage.run(of, work);
}

const read = fields({
  deadline: [positiveDuration],
  attempts: [count(1, 1_000_000)],
  criticality: [word(criticalityNames)],
  user: [(value: unknown): string | number => (typeof value === 'number' ? value : String(value))],
});

/**
 * Runs `work` as one task: every policy that is called within it ends by its deadline, and counts
 * its attempts with the others. On Node the task follows asynchronous calls by itself; elsewhere
 * hand the one that `work` gets to each call: `payments(send, { task })`.
 *
 * @returns What `work` gives.
 * @throws OptionError for an option that cannot be used; what `work` throws.
 */
export function task<T>(
  options: TaskOptions,
  work: (own: Task) => T,
  clock: Clock = systemClock,
): T {
  const { deadline, attempts, criticality, user } = read(options, '');
  const made = new Task();
  const outer = currentTask();
  made.parent = outer;
  made.deadlineMs = Math.min(outer?.deadlineMs ?? Infinity, clock.now() + (deadline ?? Infinity));
  if (attempts !== undefined) made.attemptsLeft = attempts;
  made.level = outer?.level ?? made.level;
  if (criticality !== undefined || user !== undefined) {
    const of = criticalityNames.indexOf(criticality ?? 'critical') as Criticality;
    made.level = user === undefined ? levelAt(of, systemRandom.next()) : levelOf(of, user);
  }
  return runWithin(made, () => work(made));
}
