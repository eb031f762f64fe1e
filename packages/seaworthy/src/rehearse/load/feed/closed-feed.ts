import { DueHeap, type RandomStream } from '@seaworthy/policy/engine';

import { NS_PER_MS, Sampler } from '../../../model/chance/sampler.ts';
import type { ClosedArrivals } from '../../../model/arrivals.ts';
import { LoadTask } from '../task.ts';
import type { Feed, Part } from './feed.ts';
import type { RequestChoice } from './request-choice.ts';

/** Someone who thinks, asks, waits for the answer, thinks again. */
class User {
  heapIndex = -1;
  dueMs = 0;
  readonly dueSequence: number;
  readonly think: Sampler;
  tasksLeft: number;

  constructor(number: number, think: Sampler, tasks: number) {
    this.dueSequence = number;
    this.think = think;
    this.tasksLeft = tasks;
  }
}

/** Tasks of a closed loop: as many at once as there are users who do not think. */
export class ClosedFeed implements Feed {
  readonly #choice: RequestChoice;
  readonly #part: Part;
  /** Those of this thread, by their number. */
  readonly #users = new Map<number, User>();
  readonly #thinking = new DueHeap<User>();
  #taken = 0;

  /** @param chanceOf the stream of a user, by its number */
  constructor(
    { users, tasks, think }: ClosedArrivals,
    choice: RequestChoice,
    part: Part,
    chanceOf: (user: number) => RandomStream,
  ) {
    this.#choice = choice;
    this.#part = part;
    for (let number = part.index; number < users; number += part.count) {
      const user = new User(number, new Sampler(think, chanceOf(number)), tasks);
      this.#users.set(number, user);
      this.#thinks(user, 0);
    }
  }

  get nextMs(): number {
    return this.#thinking.first?.dueMs ?? Infinity;
  }

  take(): LoadTask {
    const user = this.#thinking.first!;
    this.#thinking.remove(user);
    const number = this.#taken++ * this.#part.count + this.#part.index;
    return new LoadTask(number, this.#choice.next(), user.dueMs, user.dueSequence);
  }

  settled({ user }: LoadTask, nowMs: number): void {
    this.#thinks(this.#users.get(user)!, nowMs);
  }

  #thinks(user: User, nowMs: number): void {
    if (user.tasksLeft-- === 0) return;
    user.dueMs = nowMs + user.think.next() / NS_PER_MS;
    this.#thinking.insert(user);
  }
}
