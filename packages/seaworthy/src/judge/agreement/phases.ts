import type { Model, Scenario } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { afterWarmUp } from '../totals.ts';
import { type Span, triggersOf } from '../triggers.ts';

/** A part of a run in which one thing is the case. */
export interface Phase extends Span {
  readonly name: 'before' | 'during' | 'after' | 'all';
}

/** Shorter parts are no whole interval. */
const leastMs = 1000;

/** The warmed-up run, before the first fault, until the end of the last, and from there on. */
export function phasesOf(model: Model, scenario: Scenario | undefined, run: Run): readonly Phase[] {
  const all = afterWarmUp(run);
  const triggers = triggersOf(model, scenario);
  if (triggers.length === 0) return [{ name: 'all', ...all }];
  const beganMs = Math.max(all.fromMs, Math.min(...triggers.map(({ fromMs }) => fromMs)));
  const endedMs = Math.min(all.toMs, Math.max(...triggers.map(({ toMs }) => toMs)));
  const phases: readonly Phase[] = [
    { name: 'before', fromMs: all.fromMs, toMs: beganMs },
    { name: 'during', fromMs: beganMs, toMs: endedMs },
    { name: 'after', fromMs: endedMs, toMs: all.toMs },
  ];
  return phases.filter(({ fromMs, toMs }) => toMs - fromMs >= leastMs);
}
