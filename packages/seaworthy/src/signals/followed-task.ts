/**
 * One task, followed through the system: its calls, their attempts, and the calls that those made.
 * Times are milliseconds of the run; undefined: it had not come to that when the run ended.
 */
export interface FollowedTask {
  /** What it is an example of, of all that were followed. */
  readonly why: 'slowest' | 'failed' | 'typical';
  readonly call: FollowedCall;
  /** Calls and attempts below it that were left out because there were too many. */
  readonly left: number;
}

export interface FollowedCall {
  /** An index into `header.edges`. */
  readonly edge: number;
  readonly startMs: number;
  readonly endMs: number | undefined;
  readonly outcome: 'pending' | 'succeeded' | 'fallback' | 'failed';
  /** Why it failed, or why a fallback had to answer; a word of `reasonNames`. */
  readonly reason: string;
  readonly attempts: readonly FollowedAttempt[];
  /** The call over another edge that answered, or tried to, in its place. */
  readonly fallback: FollowedCall | undefined;
}

export interface FollowedAttempt {
  /** When it had its slot of the limit, after so much waiting for it. */
  readonly startMs: number;
  readonly waitMs: number;
  readonly isHedge: boolean;
  /** When the caller had its answer, or gave up. */
  readonly endMs: number | undefined;
  readonly reason: string;
  /** Which replica of the callee, from 0; undefined: none was reached for. */
  readonly replica: number | undefined;
  /**
   * At the replica: when it arrived, when it got a worker slot, and when the replica was done with
   * it, which may be long after its caller gave up.
   */
  readonly arrivedMs: number | undefined;
  readonly workMs: number | undefined;
  readonly doneMs: number | undefined;
  readonly calls: readonly FollowedCall[];
}
