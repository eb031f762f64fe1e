import type { Model, Objective } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { standingOf } from './standing.ts';
import { endOf } from './totals.ts';
import type { Span, Trigger } from './triggers.ts';

/**
 * Objectives must hold for this long before a system counts as recovered: longer than a lull
 * between retries.
 */
export const recoveredForMs = 30_000;

/**
 * Within those 30 s no shorter part may clearly fail either, or a lax objective would count a
 * failure of its first seconds as recovered. Ten seconds leave a single pause or burst its place.
 */
export const judgedPartMs = 10_000;

/** How the system came back after the last trigger of a run. */
export type Recovery =
  | { readonly kind: 'no-trigger' }
  | { readonly kind: 'recovered'; readonly afterMs: number }
  | { readonly kind: 'not-recovered'; readonly observedMs: number }
  /** The run ends too early, or the trigger never does. */
  | { readonly kind: 'unknown'; readonly note: string; readonly observedMs: number };

/**
 * When all objectives held again: the start of the first 30 s after the last trigger in which every
 * objective holds and no 10 s clearly fail one. With a `withinMs`, an answer that cannot come in
 * time any more is `not-recovered` even if the run ends before the full 30 s.
 */
export function recoveryOf(
  model: Model,
  run: Run,
  triggers: readonly Trigger[],
  withinMs: number = Infinity,
): Recovery {
  const last = triggers.reduce((end, trigger) => Math.max(end, trigger.toMs), -Infinity);
  if (triggers.length === 0) return { kind: 'no-trigger' };
  const endMs = endOf(run);
  if (last === Infinity) {
    return { kind: 'unknown', note: 'a fault stays to the end', observedMs: 0 };
  }
  const observedMs = endMs - last;
  const judged = judgedObjectives(model);
  const failing = clearFailures(model, run, judged, last);
  // Where the run ends before `withinMs` have passed, the system may still come back in time.
  let open = observedMs < Math.min(withinMs, judgedPartMs) || observedMs < finite(withinMs);
  // An interval of a long run may be longer than 30 s: no shorter part of it is known.
  const lengthMs = Math.max(recoveredForMs, run.header.intervalMs);
  for (const fromMs of startsFrom(run, last)) {
    const span = { fromMs, toMs: fromMs + lengthMs };
    if (failing.some((part) => part.fromMs >= fromMs && part.toMs <= span.toMs)) continue;
    if (!holdsThrough(model, run, judged, span)) continue;
    if (span.toMs <= endMs) return { kind: 'recovered', afterMs: fromMs - last };
    open ||= withinMs === Infinity ? endMs - fromMs >= judgedPartMs : fromMs - last <= withinMs;
  }
  if (!open) return { kind: 'not-recovered', observedMs };
  return { kind: 'unknown', note: tooShort(last, finite(withinMs)), observedMs };
}

function finite(milliseconds: number): number {
  return milliseconds === Infinity ? 0 : milliseconds;
}

function tooShort(lastMs: number, withinMs: number): string {
  const neededMs = lastMs + recoveredForMs + withinMs;
  return `the run ends too soon after the last fault: run for ${Math.ceil(neededMs / 1000)} s or longer`;
}

/** Objectives about a window of their own say nothing about the rest of the run. */
export function judgedObjectives(model: Model): readonly Objective[] {
  return model.objectives.filter(
    (objective) => objective.measure.kind !== 'recovery' && objective.window === undefined,
  );
}

/** The interval starts from a moment on, at which 30 s of good health may begin. */
function startsFrom(run: Run, fromMs: number): readonly number[] {
  return run.intervals
    .filter((interval) => (interval.fromMs + interval.toMs) / 2 >= fromMs)
    .map((interval) => Math.max(fromMs, interval.fromMs));
}

/**
 * All parts of about 10 s, from a moment on, in which an objective fails by more than chance
 * explains.
 */
function clearFailures(
  model: Model,
  run: Run,
  objectives: readonly Objective[],
  fromMs: number,
): readonly Span[] {
  const lengthMs = Math.max(judgedPartMs, run.header.intervalMs);
  const endMs = endOf(run);
  const parts: Span[] = [];
  for (const startMs of startsFrom(run, fromMs)) {
    const part = { fromMs: startMs, toMs: startMs + lengthMs };
    if (part.toMs > endMs) break;
    const fails = (objective: Objective): boolean =>
      standingOf(model, run, objective, part).clearlyFails;
    if (objectives.some(fails)) parts.push(part);
  }
  return parts;
}

/**
 * Nothing in the span says that an objective fails; where it is too short for a value, clear
 * failures count alone.
 */
function holdsThrough(
  model: Model,
  run: Run,
  objectives: readonly Objective[],
  span: Span,
): boolean {
  return objectives.every((objective) => {
    const standing = standingOf(model, run, objective, span);
    return standing.verdict !== 'fails' && !standing.clearlyFails;
  });
}
