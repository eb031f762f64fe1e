import type { Call } from '../call/call.ts';
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
  private first: Call | undefined = undefined;
  private last: Call | undefined = undefined;

  constructor(key: CacheKey, call: Call, startMs: number, allowanceMs: number, isShared: boolean) {
    this.key = key;
    this.call = call;
    this.startMs = startMs;
    this.allowanceMs = allowanceMs;
    this.isShared = isShared;
  }

  /** The call that has waited longest. */
  get firstWaiting(): Call | undefined {
    return this.first;
  }

  add(call: Call): void {
    call.waitsFor = this;
    call.waiterPrevious = this.last;
    if (this.last === undefined) this.first = call;
    else this.last.waiterNext = call;
    this.last = call;
  }

  remove(call: Call): void {
    const { waiterPrevious, waiterNext } = call;
    if (waiterPrevious === undefined) this.first = waiterNext;
    else waiterPrevious.waiterNext = waiterNext;
    if (waiterNext === undefined) this.last = waiterPrevious;
    else waiterNext.waiterPrevious = waiterPrevious;
    call.waitsFor = undefined;
    call.waiterPrevious = undefined;
    call.waiterNext = undefined;
  }
}
