import type { Model, Objective } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { standingOf } from '../standing.ts';
import { endOf } from '../totals.ts';
import type { Course } from '../verdict.ts';

/** A model, and one run of it. */
export interface Ran {
  readonly model: Model;
  readonly run: Run;
}

/** More points than this are not seen in a chart that stands beside the change. */
const PARTS_MAX = 60;

/** As in the charts of a report: more in one value would hide what happened in it. */
const WIDEST = 1 / 16;

/**
 * What an objective came to over the run, without a change and with it, part by part. Undefined for
 * those that only a whole run has: recovery, and the time that all of the work takes.
 *
 * @param index of the objective: edits change none
 */
export function courseOf(before: Ran, after: Ran, index: number): Course | undefined {
  const objective = before.model.objectives[index];
  if (objective === undefined || ['recovery', 'makespan'].includes(objective.measure.kind)) {
    return undefined;
  }
  const toMs = partsOf(before.run);
  return { toMs, before: valuesOf(before, index, toMs), after: valuesOf(after, index, toMs) };
}

/** The ends of parts of whole intervals, of about one length. */
function partsOf({ intervals }: Run): readonly number[] {
  const step = Math.max(1, Math.ceil(intervals.length / PARTS_MAX));
  return intervals
    .filter((_, index) => (index + 1) % step === 0 || index === intervals.length - 1)
    .map((interval) => interval.toMs);
}

/**
 * A part that has too few samples for a value is taken together with the next ones; NaN where that
 * is still too few.
 */
function valuesOf({ model, run }: Ran, index: number, toMs: readonly number[]): readonly number[] {
  const objective = model.objectives[index];
  const values = toMs.map(() => Number.NaN);
  if (objective === undefined) return values;
  const longest = Math.max(1, Math.floor(toMs.length * WIDEST));
  for (let begin = 0; begin < toMs.length;) {
    let end = begin;
    let value = Number.NaN;
    while (end < toMs.length && end - begin < longest && Number.isNaN(value)) {
      const span = { fromMs: toMs[begin - 1] ?? 0, toMs: toMs[end]! };
      value = span.toMs > endOf(run) ? Number.NaN : valueIn(model, run, objective, span);
      end++;
    }
    values.fill(value, begin, end);
    begin = end;
  }
  return values;
}

function valueIn(
  model: Model,
  run: Run,
  objective: Objective,
  span: { readonly fromMs: number; readonly toMs: number },
): number {
  const { value, samples, needed } = standingOf(model, run, objective, span);
  const isPercentile = 'statistic' in objective.measure;
  if (!Number.isFinite(value) || (isPercentile && samples < needed)) return Number.NaN;
  // Four digits: a chart shows three.
  return Number(value.toPrecision(4));
}
