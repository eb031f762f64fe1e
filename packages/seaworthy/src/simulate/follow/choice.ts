import type { RandomStream } from '@seaworthy/policy/engine';

/**
 * One task in so many is followed, on average. One that is followed costs about twice as much as
 * another: together they take one percent of the time of a run.
 */
const FOLLOWED_ONE_IN = 200;

/** Chooses the tasks that are followed: by dice of its own, so that following changes nothing. */
export class Choice {
  private readonly chance: RandomStream;
  private left: number;

  constructor(chance: RandomStream) {
    this.chance = chance;
    this.left = this.gap();
  }

  /** Whether to follow the next task. */
  next(): boolean {
    if (--this.left > 0) return false;
    this.left = this.gap();
    return true;
  }

  /** Not the same each time, or it could go along with something that repeats itself. */
  private gap(): number {
    return 1 + Math.floor(this.chance.next() * (2 * FOLLOWED_ONE_IN - 1));
  }
}
