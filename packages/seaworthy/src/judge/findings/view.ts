import type { Model, Objective, Scenario } from '../../model/model.ts';
import type { Interval, Run } from '../../signals/run.ts';
import { judgedObjectives } from '../recovery.ts';
import { standingOf } from '../standing.ts';
import { mostByChance } from '../statistics.ts';
import { afterWarmUp, endOf, intervalsIn } from '../totals.ts';
import { type Span, type Trigger, triggersOf } from '../triggers.ts';
import { edgePart, type EdgePart, servicePart, type ServicePart } from './part.ts';

/** A second of the run, or one interval where those are longer. */
export interface Step extends Span {
  readonly intervals: readonly Interval[];
}

/** One run, cut so that detectors can look at it over time and against its calm. */
export interface RunView {
  readonly model: Model;
  readonly scenario: Scenario | undefined;
  readonly run: Run;
  readonly triggers: readonly Trigger[];
  /** In order, without gaps, after the warm-up. */
  readonly steps: readonly Step[];
  /**
   * Between the warm-up and the first trigger, where that is long enough to be the measure of
   * normal.
   */
  readonly calm: Span | undefined;
  /** Parallel to the model's edges and services: what was normal. Undefined without a calm. */
  readonly calmEdges: readonly EdgePart[] | undefined;
  readonly calmServices: readonly ServicePart[] | undefined;
  /** [edge][step] and [service][step]. */
  readonly edges: readonly (readonly EdgePart[])[];
  readonly services: readonly (readonly ServicePart[])[];
  /**
   * For each step: users lost calls that they did not lose in the calm, or an objective clearly
   * failed.
   */
  readonly harmed: readonly boolean[];
  /** The run missed one of the objectives of the file, or was harmed where the file has none. */
  readonly missed: boolean;
}

/** Rates and shares of less than a second are mostly chance. */
const stepMs = 1000;

/** Less calm than this is no measure of normal. */
const calmMs = 5000;

/** Users notice when one call in twenty more is lost than before. */
const lostMore = 0.05;

/**
 * In a file without objectives nobody has said how slow is too slow: calls that take ten times as
 * long as in the calm are.
 */
const muchSlower = 10;

export function viewOf(
  model: Model,
  scenario: Scenario | undefined,
  run: Run,
  missedObjective: boolean,
): RunView {
  const triggers = triggersOf(model, scenario);
  const steps = stepsOf(run);
  const calm = calmOf(run, triggers);
  const calmIntervals = calm === undefined ? undefined : intervalsIn(run, calm);
  const partsOf = (intervals: readonly Interval[]): readonly EdgePart[] =>
    model.edges.map((_, edge) => edgePart(intervals, edge));
  const calmEdges = calmIntervals && partsOf(calmIntervals);
  const edges = model.edges.map((_, edge) => steps.map((step) => edgePart(step.intervals, edge)));
  const base = { model, scenario, run, triggers, steps, calm, calmEdges, edges };
  const harmed = harmedSteps(base);
  return {
    ...base,
    calmServices:
      calmIntervals && model.services.map((_, service) => servicePart(calmIntervals, service)),
    services: model.services.map((_, service) =>
      steps.map((step) => servicePart(step.intervals, service)),
    ),
    harmed,
    missed: missedObjective || (model.objectives.length === 0 && harmed.includes(true)),
  };
}

function stepsOf(run: Run): readonly Step[] {
  const steps: Step[] = [];
  let intervals: Interval[] = [];
  for (const interval of intervalsIn(run, afterWarmUp(run))) {
    intervals.push(interval);
    const fromMs = intervals[0]?.fromMs ?? 0;
    // A nanosecond less, because sums of interval lengths are not exact.
    if (interval.toMs - fromMs < stepMs - 1e-6) continue;
    steps.push({ fromMs, toMs: interval.toMs, intervals });
    intervals = [];
  }
  return steps;
}

function calmOf(run: Run, triggers: readonly Trigger[]): Span | undefined {
  const first = triggers[0];
  if (first === undefined) return undefined;
  const calm = { fromMs: run.header.warmUpMs, toMs: Math.min(first.fromMs, endOf(run)) };
  return calm.toMs - calm.fromMs >= calmMs ? calm : undefined;
}

type Unharmed = Pick<RunView, 'model' | 'run' | 'steps' | 'calm' | 'calmEdges' | 'edges'>;

function harmedSteps(view: Unharmed): readonly boolean[] {
  const { model, run, calm, steps } = view;
  // What failed already in the calm is not the doing of a trigger.
  const objectives = judgedObjectives(model).filter(
    (objective) => calm === undefined || !standingOf(model, run, objective, calm).clearlyFails,
  );
  const fails = (step: Step): boolean =>
    objectives.some((objective: Objective) => standingOf(model, run, objective, step).clearlyFails);
  return steps.map(
    (step, index) => model.sources.some((source) => lost(view, source.edge, index)) || fails(step),
  );
}

function lost(view: Unharmed, edge: number, step: number): boolean {
  const part = view.edges[edge]?.[step];
  if (part === undefined) return false;
  const calm = view.calmEdges?.[edge];
  // A system in which nothing settles any more has no shares to look at.
  if (part.settled === 0) return part.offered >= 10;
  const normal = calm !== undefined && calm.settled > 0 ? calm.lostShare : 0;
  if (part.lost > mostByChance(part.settled, Math.min(1, normal + lostMore))) return true;
  if (view.model.objectives.length > 0 || calm === undefined) return false;
  return part.succeeded >= 10 && part.latencyMeanMs > muchSlower * calm.latencyMeanMs;
}
