/** One arrival on its way: it waits for a connection, then for its answer. */
export class LoadTask {
  /** Among all arrivals of the plan, from 0; in a closed loop among those of this thread. */
  readonly number: number;
  /** An index into the requests of the plan. */
  readonly request: number;
  /** From the start of the load, as all times here. */
  readonly intendedMs: number;
  /** Of a closed loop: who waits for it. */
  readonly user: number;
  /** When the generator took it up; -1: not yet. */
  takenMs = -1;
  /** When it got a connection; -1: not yet. */
  startedMs = -1;
  /** Where its answer is awaited. */
  connection: { destroy(): void } | undefined = undefined;
  /** In the list that it is in. */
  before: LoadTask | undefined = undefined;
  behind: LoadTask | undefined = undefined;

  constructor(number: number, request: number, intendedMs: number, user = 0) {
    this.number = number;
    this.request = request;
    this.intendedMs = intendedMs;
    this.user = user;
  }
}

/** Tasks in order; any of them leaves without a search. */
export class TaskList {
  size = 0;
  first: LoadTask | undefined = undefined;
  #last: LoadTask | undefined = undefined;

  append(task: LoadTask): void {
    task.before = this.#last;
    task.behind = undefined;
    if (this.#last === undefined) this.first = task;
    else this.#last.behind = task;
    this.#last = task;
    this.size++;
  }

  /** Only a task that is in this list. */
  remove(task: LoadTask): void {
    if (task.before === undefined) this.first = task.behind;
    else task.before.behind = task.behind;
    if (task.behind === undefined) this.#last = task.before;
    else task.behind.before = task.before;
    this.size--;
  }

  /** Takes the first one out. */
  shift(): LoadTask | undefined {
    const { first } = this;
    if (first !== undefined) this.remove(first);
    return first;
  }
}
