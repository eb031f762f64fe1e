import {
  Criticality,
  criticalityNames,
  criticalityOf,
  levelAt,
  levelsPerClass,
  unknownLevel,
} from '../admission/criticality.ts';
import { Task } from '../call/call.ts';

/** How many milliseconds are left of the deadline, when the attempt is sent. Relative, so that the
 * clocks of the two hosts need not agree. */
const remainingHeader = 'x-seaworthy-remaining-ms';
/** How many attempts may still be started on behalf of the task, this one not counted. */
const attemptsHeader = 'x-seaworthy-attempts-left';
/** How much it matters: `critical`, or with the place of its user in the class `critical; 77`. */
const criticalityHeader = 'x-seaworthy-criticality';
/** On a refusal: why, in the words of `PolicyError.reason`. */
export const reasonHeader = 'x-seaworthy-reason';

/** W3C Trace Context, which is handed on as it came. */
const traceHeaders = ['traceparent', 'tracestate'] as const;

type Trace = readonly (readonly [name: string, value: string])[];

/** Which trace a task that came in belongs to. */
const traces: WeakMap<Task, Trace> = new WeakMap();

/** How a header that came in is read. */
export type HeaderOf = (name: string) => string | undefined;

/** Ten years and a million attempts: nobody means more. */
const countPattern = /^\d{1,12}$/;

function countIn(text: string | undefined): number | undefined {
  return text !== undefined && countPattern.test(text) ? Number(text) : undefined;
}

function levelIn(text: string | undefined): number {
  const [word, place] = (text ?? '').split(';', 2).map((part) => part.trim());
  const criticality = criticalityNames.indexOf(word as (typeof criticalityNames)[number]);
  if (criticality < 0) return unknownLevel;
  const at = Math.min(countIn(place) ?? levelsPerClass / 2, levelsPerClass - 1);
  return levelAt(criticality as Criticality, at / levelsPerClass);
}

/**
 * The task that a request is a part of, as its headers say. What cannot be read counts as not said.
 *
 * @param nowMs On the clock of the policies.
 */
export function readTask(headerOf: HeaderOf, nowMs: number): Task {
  const task = new Task();
  task.deadlineMs = nowMs + (countIn(headerOf(remainingHeader)) ?? Infinity);
  task.attemptsLeft = countIn(headerOf(attemptsHeader)) ?? Infinity;
  task.level = levelIn(headerOf(criticalityHeader));
  return task;
}

/** Remembers the trace that the request belongs to. */
export function readTrace(headerOf: HeaderOf, task: Task): void {
  const trace: [string, string][] = [];
  for (const name of traceHeaders) {
    const value = headerOf(name);
    if (value !== undefined) trace.push([name, value]);
  }
  if (trace.length > 0) traces.set(task, trace);
}

/**
 * What an attempt on behalf of `task` tells its callee.
 *
 * @param own A task that caps only this call at this end: it is not handed on.
 */
export function taskHeaders(task: Task, remainingMs: number, own: Task | undefined): Trace {
  const headers: [string, string][] = [];
  if (remainingMs < Infinity) headers.push([remainingHeader, String(Math.floor(remainingMs))]);
  const attempts = attemptsBeside(task, own);
  if (attempts < Infinity) headers.push([attemptsHeader, String(Math.max(0, attempts))]);
  if (task.level >= 0) {
    const word = criticalityNames[criticalityOf(task.level)];
    headers.push([criticalityHeader, `${word}; ${task.level % levelsPerClass}`]);
  }
  return headers;
}

/** The trace that the task, or the one that it is a part of, came with. */
export function traceOf(task: Task): Trace {
  for (let at: Task | undefined = task; at !== undefined; at = at.parent) {
    const trace = traces.get(at);
    if (trace !== undefined) return trace;
  }
  return [];
}

function attemptsBeside(task: Task, own: Task | undefined): number {
  let allowed = Infinity;
  for (let at: Task | undefined = task; at !== undefined; at = at.parent) {
    if (at !== own) allowed = Math.min(allowed, at.attemptsLeft);
  }
  return allowed;
}
