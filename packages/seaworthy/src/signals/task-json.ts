import { count, level, list, object, oneOf, text, wrong } from './json-codec.ts';
import type { FollowedAttempt, FollowedCall, FollowedTask } from './followed-task.ts';

/** Calls below calls below calls: deeper than any system, and not too deep to read. */
const DEPTH_MAX = 64;

/** What is not known is left out. The order of the keys is that of the record. */
export function taskToJson({ why, call, left }: FollowedTask): unknown {
  return { why, left, call: callToJson(call) };
}

function callToJson(call: FollowedCall): unknown {
  return {
    edge: call.edge,
    startMs: level.toJson(call.startMs),
    endMs: perhapsToJson(call.endMs),
    outcome: call.outcome,
    reason: call.reason,
    attempts: call.attempts.map(attemptToJson),
    fallback: call.fallback && callToJson(call.fallback),
  };
}

function attemptToJson(attempt: FollowedAttempt): unknown {
  return {
    startMs: level.toJson(attempt.startMs),
    waitMs: level.toJson(attempt.waitMs),
    isHedge: attempt.isHedge,
    endMs: perhapsToJson(attempt.endMs),
    reason: attempt.reason,
    replica: attempt.replica,
    arrivedMs: perhapsToJson(attempt.arrivedMs),
    workMs: perhapsToJson(attempt.workMs),
    doneMs: perhapsToJson(attempt.doneMs),
    calls: attempt.calls.map(callToJson),
  };
}

function perhapsToJson(value: number | undefined): unknown {
  return value === undefined ? undefined : level.toJson(value);
}

const whys = ['slowest', 'failed', 'typical'] as const;
const outcomes = ['pending', 'succeeded', 'fallback', 'failed'] as const;

/**
 * @param edges how many the run has
 * @throws RecordError when it is no such task
 */
export function taskFromJson(json: unknown, edges: number, path: string): FollowedTask {
  const { why, call, left } = object(json, path);
  return {
    why: oneOf(why, whys, `${path}.why`),
    call: callFromJson(call, edges, `${path}.call`, 0),
    left: count.fromJson(left, `${path}.left`),
  };
}

function callFromJson(json: unknown, edges: number, path: string, depth: number): FollowedCall {
  if (depth > DEPTH_MAX) throw wrong(path, 'a call', `at most ${DEPTH_MAX} below each other`);
  const { edge, startMs, endMs, outcome, reason, attempts, fallback } = object(json, path);
  const index = count.fromJson(edge, `${path}.edge`);
  if (index >= edges) throw wrong(`${path}.edge`, index, `one of the ${edges} edges, from 0`);
  return {
    edge: index,
    startMs: level.fromJson(startMs, `${path}.startMs`),
    endMs: perhaps(endMs, `${path}.endMs`),
    outcome: oneOf(outcome, outcomes, `${path}.outcome`),
    reason: text(reason, `${path}.reason`),
    attempts: list(attempts, `${path}.attempts`).map((each, at) =>
      attemptFromJson(each, edges, `${path}.attempts[${at}]`, depth),
    ),
    fallback:
      fallback === undefined
        ? undefined
        : callFromJson(fallback, edges, `${path}.fallback`, depth + 1),
  };
}

function attemptFromJson(
  json: unknown,
  edges: number,
  path: string,
  depth: number,
): FollowedAttempt {
  const fields = object(json, path);
  const { isHedge, replica } = fields;
  const time = (field: string): number | undefined => perhaps(fields[field], `${path}.${field}`);
  if (typeof isHedge !== 'boolean') throw wrong(`${path}.isHedge`, isHedge, 'true or false');
  return {
    startMs: level.fromJson(fields['startMs'], `${path}.startMs`),
    waitMs: level.fromJson(fields['waitMs'], `${path}.waitMs`),
    isHedge,
    endMs: time('endMs'),
    reason: text(fields['reason'], `${path}.reason`),
    replica: replica === undefined ? undefined : count.fromJson(replica, `${path}.replica`),
    arrivedMs: time('arrivedMs'),
    workMs: time('workMs'),
    doneMs: time('doneMs'),
    calls: list(fields['calls'], `${path}.calls`).map((each, at) =>
      callFromJson(each, edges, `${path}.calls[${at}]`, depth + 1),
    ),
  };
}

function perhaps(json: unknown, path: string): number | undefined {
  return json === undefined ? undefined : level.fromJson(json, path);
}
