import type { FollowedAttempt, FollowedCall, FollowedTask, PageRun } from '../seaworthy.ts';
import { text } from '../text/english.ts';

/** What a stretch of time was spent on. */
export type SegmentKind = keyof typeof text.requests.segment;

export interface Segment {
  readonly kind: SegmentKind;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A call, or one of its attempts, with what is below it further in. */
export interface WaterfallRow {
  readonly depth: number;
  readonly name: string;
  readonly fromMs: number;
  /** Undefined: it had not ended when the run did. */
  readonly toMs: number | undefined;
  readonly ended: string;
  readonly failed: boolean;
  readonly segments: readonly Segment[];
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  readonly fromMs: number;
  /** Of what is drawn: work for nobody may go on for much longer than the task. */
  readonly toMs: number;
}

/** Work that goes on after the task is drawn for so much of its length. */
const AFTER = 0.5;

export function waterfallOf(run: PageRun, { call }: FollowedTask): Waterfall {
  const endMs = run.toMs.at(-1) ?? 0;
  const rows = callRows(run, call, 0, endMs);
  const ownMs = (call.endMs ?? endMs) - call.startMs;
  const lastMs = Math.max(...rows.flatMap(({ segments }) => segments.map(({ toMs }) => toMs)));
  return {
    rows,
    fromMs: call.startMs,
    toMs: Math.max(
      call.startMs + 1e-3,
      Math.min(Math.max(call.startMs + ownMs, lastMs), call.startMs + ownMs * (1 + AFTER)),
    ),
  };
}

/** A call with one attempt is one row: there is nothing to tell apart. */
function callRows(
  run: PageRun,
  call: FollowedCall,
  depth: number,
  endMs: number,
): readonly WaterfallRow[] {
  const { attempts, fallback } = call;
  const name = run.header.edges[call.edge] ?? '';
  const words = text.requests;
  const outcome = words.outcome[call.outcome];
  const only = attempts.length === 1 ? attempts[0] : undefined;
  const own: WaterfallRow = {
    depth,
    name: only?.replica === undefined ? name : `${name}, ${words.replica(only.replica + 1)}`,
    fromMs: call.startMs,
    toMs: call.endMs,
    ended: call.reason === 'none' ? outcome : words.because(outcome, call.reason),
    failed: call.outcome === 'failed',
    segments: only === undefined ? pauses(attempts) : segmentsOf(only, endMs),
  };
  const inside = attempts.flatMap((attempt, index): readonly WaterfallRow[] => {
    const deeper = depth + (only === undefined ? 2 : 1);
    const calls = attempt.calls.flatMap((each) => callRows(run, each, deeper, endMs));
    return only === undefined ? [attemptRow(attempt, index, depth + 1, endMs), ...calls] : calls;
  });
  const instead = fallback === undefined ? [] : callRows(run, fallback, depth + 1, endMs);
  return [own, ...inside, ...instead];
}

function attemptRow(
  attempt: FollowedAttempt,
  index: number,
  depth: number,
  endMs: number,
): WaterfallRow {
  const words = text.requests;
  const name = attempt.isHedge ? words.hedge(index + 1) : words.attempt(index + 1);
  const { replica, reason } = attempt;
  const ended =
    attempt.endMs === undefined ? 'pending' : reason === 'none' ? 'succeeded' : 'failed';
  const outcome = words.outcome[ended];
  return {
    depth,
    name: replica === undefined ? name : `${name}, ${words.replica(replica + 1)}`,
    fromMs: attempt.startMs - attempt.waitMs,
    toMs: attempt.endMs,
    ended: ended === 'failed' ? words.because(outcome, reason) : outcome,
    failed: ended === 'failed',
    segments: segmentsOf(attempt, endMs),
  };
}

/** What lies between an attempt that has ended and the next one. */
function pauses(attempts: readonly FollowedAttempt[]): readonly Segment[] {
  return attempts.flatMap((attempt, index) => {
    const fromMs = attempts[index - 1]?.endMs;
    const toMs = attempt.startMs - attempt.waitMs;
    return fromMs === undefined || toMs <= fromMs ? [] : [{ kind: 'backoff', fromMs, toMs }];
  });
}

function segmentsOf(attempt: FollowedAttempt, runEndMs: number): readonly Segment[] {
  const { startMs, waitMs, arrivedMs, workMs, doneMs } = attempt;
  const endMs = attempt.endMs ?? runEndMs;
  const leftMs = doneMs ?? (arrivedMs === undefined ? endMs : runEndMs);
  const arrived = arrivedMs ?? endMs;
  const work = workMs ?? leftMs;
  const all: readonly Segment[] = [
    { kind: 'limit', fromMs: startMs - waitMs, toMs: startMs },
    { kind: 'travel', fromMs: startMs, toMs: Math.min(arrived, endMs) },
    { kind: 'queue', fromMs: arrived, toMs: Math.min(work, Math.max(endMs, arrived)) },
    { kind: 'orphanQueue', fromMs: Math.max(arrived, endMs), toMs: work },
    { kind: 'work', fromMs: work, toMs: Math.min(leftMs, Math.max(endMs, work)) },
    { kind: 'orphan', fromMs: Math.max(work, endMs), toMs: leftMs },
    { kind: 'travel', fromMs: leftMs, toMs: endMs },
  ];
  return all.filter(({ fromMs, toMs }) => toMs > fromMs);
}
