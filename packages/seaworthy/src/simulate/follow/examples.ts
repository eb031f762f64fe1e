import { type RandomStream, type Reason, reasonNames } from '@seaworthy/policy/engine';

import type { FollowedAttempt, FollowedCall, FollowedTask } from '../../signals/followed-task.ts';
import type { AttemptTrail, CallTrail } from './trail.ts';

/** So many of each kind are kept: as many as somebody looks at. */
const SLOWEST_MAX = 8;
const TYPICAL_MAX = 8;
const FAILED_MAX = 4;
/** Of failed ones so many for each reason, for so many reasons. */
const REASONS_MAX = 6;

/** A task with more calls and attempts than this is drawn by nobody. */
const PARTS_MAX = 150;

/** Of the tasks that were followed, those that are worth a look: few, whatever the run's length. */
export class Examples {
  /** What begins before is not judged, and is no example of anything. */
  readonly #fromMs: number;
  readonly #chance: RandomStream;
  /** The slowest first. */
  readonly #slowest: CallTrail[] = [];
  readonly #typical: Sample;
  readonly #failed = new Map<Reason, Sample>();

  constructor(fromMs: number, chance: RandomStream) {
    this.#fromMs = fromMs;
    this.#chance = chance;
    this.#typical = new Sample(TYPICAL_MAX, chance);
  }

  /** A task that was followed is over. */
  add(task: CallTrail): void {
    if (task.startMs < this.#fromMs) return;
    if (task.outcome === 'failed') this.#failedFor(task.reason)?.add(task);
    else {
      this.#typical.add(task);
      this.#addSlow(task);
    }
  }

  /** All that are kept, each once, in the order in which they began. */
  list(): readonly FollowedTask[] {
    const failed = [...this.#failed.values()].flatMap(({ tasks }) => tasks);
    const slowest = new Set(this.#slowest);
    return [
      ...this.#slowest.map((task) => followed(task, 'slowest')),
      ...failed.map((task) => followed(task, 'failed')),
      ...this.#typical.tasks
        .filter((task) => !slowest.has(task))
        .map((task) => followed(task, 'typical')),
    ].toSorted((left, right) => left.call.startMs - right.call.startMs);
  }

  #failedFor(reason: Reason): Sample | undefined {
    let sample = this.#failed.get(reason);
    if (sample === undefined && this.#failed.size < REASONS_MAX) {
      sample = new Sample(FAILED_MAX, this.#chance);
      this.#failed.set(reason, sample);
    }
    return sample;
  }

  #addSlow(task: CallTrail): void {
    const slowest = this.#slowest;
    const tookMs = tookMsOf(task);
    if (slowest.length === SLOWEST_MAX) {
      if (tookMs <= tookMsOf(slowest.at(-1)!)) return;
      slowest.pop();
    }
    const faster = slowest.findIndex((each) => tookMsOf(each) < tookMs);
    slowest.splice(faster < 0 ? slowest.length : faster, 0, task);
  }
}

function tookMsOf({ startMs, endMs }: CallTrail): number {
  return endMs! - startMs;
}

/**
 * So many of all that come, each with the same probability (algorithm R; J. S. Vitter, "Random
 * sampling with a reservoir", ACM TOMS 11(1), 1985).
 */
class Sample {
  readonly tasks: CallTrail[] = [];
  readonly #size: number;
  readonly #chance: RandomStream;
  #seen = 0;

  constructor(size: number, chance: RandomStream) {
    this.#size = size;
    this.#chance = chance;
  }

  add(task: CallTrail): void {
    this.#seen++;
    if (this.tasks.length < this.#size) this.tasks.push(task);
    else {
      const place = Math.floor(this.#chance.next() * this.#seen);
      if (place < this.#size) this.tasks[place] = task;
    }
  }
}

function followed(task: CallTrail, why: FollowedTask['why']): FollowedTask {
  const budget = { left: PARTS_MAX, dropped: 0 };
  const call = followedCall(task, budget);
  return { why, call, left: budget.dropped };
}

interface Budget {
  left: number;
  dropped: number;
}

function followedCall(call: CallTrail, budget: Budget): FollowedCall {
  const { edge, startMs, endMs, outcome, reason, fallback } = call;
  return {
    edge,
    startMs,
    endMs,
    outcome,
    reason: reasonNames[reason],
    attempts: within(call.attempts, budget).map((attempt) => followedAttempt(attempt, budget)),
    fallback: fallback && followedCall(fallback, budget),
  };
}

function followedAttempt(attempt: AttemptTrail, budget: Budget): FollowedAttempt {
  const { startMs, waitMs, isHedge, endMs, reason, replica, arrivedMs, workMs, doneMs } = attempt;
  return {
    startMs,
    waitMs,
    isHedge,
    endMs,
    reason: reasonNames[reason],
    replica,
    arrivedMs,
    workMs,
    doneMs,
    calls: within(attempt.calls, budget).map((call) => followedCall(call, budget)),
  };
}

/** The first of them, as many as there is room for. */
function within<Part>(parts: readonly Part[], budget: Budget): readonly Part[] {
  const kept = parts.slice(0, budget.left);
  budget.left -= kept.length;
  budget.dropped += parts.length - kept.length;
  return kept;
}
