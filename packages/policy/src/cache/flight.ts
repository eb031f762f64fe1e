import type { Call } from '../call/call.ts';
import { Line } from '../line/line.ts';
import type { CacheKey } from './cache.ts';

/**
 * One fetch of an answer, and the calls that wait for it. It belongs to none of them: it has a call
 * of its own, which goes on when they leave.
 */
export class Flight {
  readonly key: CacheKey;
  /** What goes to the dependency. */
  readonly call: Call;
  readonly startMs: number;
  /** Whether later calls may join, and it goes on without any. */
  readonly isShared: boolean;
  /** The longest that any of its callers had left when it came: it ends so long after its start. */
  allowanceMs: number;
  readonly waiting: Line<Call> = new Line<Call>();

  constructor(key: CacheKey, call: Call, startMs: number, allowanceMs: number, isShared: boolean) {
    this.key = key;
    this.call = call;
    this.startMs = startMs;
    this.allowanceMs = allowanceMs;
    this.isShared = isShared;
  }
}
