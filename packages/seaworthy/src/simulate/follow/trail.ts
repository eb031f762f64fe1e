import { type CallOutcome, Reason } from '@seaworthy/policy/engine';

/** What a call that is followed does, written down while it does it. In milliseconds. */
export class CallTrail {
  readonly edge: number;
  readonly startMs: number;
  /** No other call waits for it: it is all of the task. */
  readonly isTask: boolean;
  endMs: number | undefined = undefined;
  outcome: CallOutcome = 'pending';
  reason: Reason = Reason.none;
  readonly attempts: AttemptTrail[] = [];
  fallback: CallTrail | undefined = undefined;

  constructor(edge: number, startMs: number, isTask: boolean) {
    this.edge = edge;
    this.startMs = startMs;
    this.isTask = isTask;
  }

  attempt(startMs: number, waitMs: number, isHedge: boolean): AttemptTrail {
    const attempt = new AttemptTrail(startMs, waitMs, isHedge);
    this.attempts.push(attempt);
    return attempt;
  }

  settled(endMs: number, outcome: CallOutcome, reason: Reason): void {
    this.endMs = endMs;
    this.outcome = outcome;
    this.reason = reason;
  }
}

/** One attempt, as its caller and its replica saw it. */
export class AttemptTrail {
  readonly startMs: number;
  readonly waitMs: number;
  readonly isHedge: boolean;
  endMs: number | undefined = undefined;
  reason: Reason = Reason.none;
  replica: number | undefined = undefined;
  arrivedMs: number | undefined = undefined;
  workMs: number | undefined = undefined;
  doneMs: number | undefined = undefined;
  readonly calls: CallTrail[] = [];

  constructor(startMs: number, waitMs: number, isHedge: boolean) {
    this.startMs = startMs;
    this.waitMs = waitMs;
    this.isHedge = isHedge;
  }

  ended(endMs: number, reason: Reason): void {
    this.endMs = endMs;
    this.reason = reason;
  }

  call(edge: number, startMs: number): CallTrail {
    const call = new CallTrail(edge, startMs, false);
    this.calls.push(call);
    return call;
  }
}
