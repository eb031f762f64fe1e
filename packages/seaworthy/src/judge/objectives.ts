import type { Model, Objective, Scenario } from '../model/model.ts';
import type { Run } from '../signals/run.ts';
import { isShare } from './measure.ts';
import { recoveryOf } from './recovery.ts';
import { compare, type Standing, standingOf } from './standing.ts';
import { median } from './statistics.ts';
import { afterWarmUp } from './totals.ts';
import { type Span, triggersOf } from './triggers.ts';
import type { ObjectiveResult, Outcome } from './verdict.ts';
import { momentText, numberText, valueText } from './words.ts';

/** What one replication says about one objective. */
interface Answer {
  readonly outcome: Outcome;
  /** NaN where there is none. */
  readonly value: number;
  readonly firstViolationMs: number | undefined;
  readonly note: string | undefined;
  /** Instead of the value, where words say it better. */
  readonly text?: string;
}

export interface JudgedObjectives {
  readonly results: readonly ObjectiveResult[];
  /** For each replication: it fails at least one objective. */
  readonly missed: readonly boolean[];
}

/**
 * Every objective over all replications: it holds when it holds in each, fails when it fails in
 * one, and is not known otherwise.
 */
export function judgeObjectives(
  model: Model,
  scenario: Scenario | undefined,
  runs: readonly Run[],
): JudgedObjectives {
  const answers = model.objectives.map((objective) =>
    runs.map((run) =>
      objective.measure.kind === 'recovery'
        ? answerRecovery(model, scenario, run, objective)
        : answer(model, run, objective),
    ),
  );
  return {
    results: model.objectives.map((objective, index) => resultOf(objective, answers[index] ?? [])),
    missed: runs.map((_, run) => answers.some((each) => each[run]?.outcome === 'fail')),
  };
}

function answer(model: Model, run: Run, objective: Objective): Answer {
  const span = objective.window ?? afterWarmUp(run);
  const standing = standingOf(model, run, objective, span);
  return {
    outcome: outcomes[standing.verdict],
    value: standing.value,
    firstViolationMs:
      standing.verdict === 'fails' ? firstViolation(model, run, objective, span) : undefined,
    note: noteOf(objective, standing, span),
  };
}

const outcomes = { holds: 'pass', fails: 'fail', unknown: 'inconclusive' } as const;

/** The start of the first interval that fails the objective by more than chance explains. */
function firstViolation(
  model: Model,
  run: Run,
  objective: Objective,
  span: Span,
): number | undefined {
  for (const interval of run.intervals) {
    if (interval.fromMs < span.fromMs || interval.toMs > span.toMs) continue;
    if (standingOf(model, run, objective, interval).clearlyFails) return interval.fromMs;
  }
  return undefined;
}

function noteOf(objective: Objective, standing: Standing, span: Span): string | undefined {
  const { samples, needed } = standing;
  if (standing.hung) return 'calls began, and not one of them came to an end';
  if (standing.unanswered) {
    return `only ${numberText(samples)} calls were answered; the rest failed`;
  }
  if (standing.verdict !== 'unknown') return undefined;
  if (samples === 0 || Number.isNaN(standing.value)) return 'nothing was measured';
  const have = `needs ${numberText(needed)} samples and has ${numberText(samples)}`;
  if (objective.window !== undefined) return `${have}: widen the window or raise the traffic`;
  const measuredMs = span.toMs - span.fromMs;
  // A tenth more than the proportion: traffic scatters.
  const longerMs = span.fromMs + (measuredMs * needed * 1.1) / samples;
  return `${have}: run for ${momentText(Math.ceil(longerMs / 1000 - 1e-9) * 1000)} or longer`;
}

function answerRecovery(
  model: Model,
  scenario: Scenario | undefined,
  run: Run,
  objective: Objective,
): Answer {
  const triggers = triggersOf(model, scenario);
  const recovery = recoveryOf(model, run, triggers, objective.required);
  const none = { firstViolationMs: undefined, note: undefined };
  switch (recovery.kind) {
    case 'no-trigger':
      return { ...none, outcome: 'pass', value: 0, text: 'no fault' };
    case 'recovered': {
      const inTime = compare(recovery.afterMs, objective.comparison, objective.required);
      return { ...none, outcome: inTime ? 'pass' : 'fail', value: recovery.afterMs };
    }
    case 'not-recovered': {
      const text = `not within ${momentText(recovery.observedMs)}`;
      return { ...none, outcome: 'fail', value: Infinity, text };
    }
    case 'unknown':
      return { ...none, outcome: 'inconclusive', value: Number.NaN, note: recovery.note };
  }
}

function resultOf(objective: Objective, answers: readonly Answer[]): ObjectiveResult {
  const failed = answers.filter((each) => each.outcome === 'fail');
  const unknown = answers.filter((each) => each.outcome === 'inconclusive');
  const outcome: Outcome =
    failed.length > 0
      ? 'fail'
      : unknown.length > 0 || answers.length === 0
        ? 'inconclusive'
        : 'pass';
  const values = answers.map((each) => each.value).filter((value) => !Number.isNaN(value));
  const middle = median(values);
  const known = failed.length > 0 ? failed : unknown;
  const violations = failed.flatMap((each) => each.firstViolationMs ?? []);
  return {
    text: objective.text,
    outcome,
    required: requiredText(objective),
    observed: observedText(objective, answers, middle),
    observedRange: rangeText(objective, answers, values),
    margin: marginOf(objective, middle),
    failedReplications: failed.length,
    firstViolationMs: violations.length > 0 ? Math.min(...violations) : undefined,
    note: known.find((each) => each.note !== undefined)?.note,
  };
}

function requiredText({ measure: what, comparison, required }: Objective): string {
  const sign = what.kind === 'recovery' ? 'within' : comparison;
  return `${sign} ${valueText(what, required)}`;
}

function observedText(objective: Objective, answers: readonly Answer[], middle: number): string {
  if (Number.isNaN(middle)) return 'not measured';
  const said = answers.find((each) => each.value === middle && each.text !== undefined);
  return said?.text ?? valueText(objective.measure, middle);
}

function rangeText(
  objective: Objective,
  answers: readonly Answer[],
  values: readonly number[],
): string | undefined {
  if (answers.length < 2 || values.length === 0) return undefined;
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const low = observedText(objective, answers, lowest);
  const high = observedText(objective, answers, highest);
  return low === high ? undefined : `${low} to ${high}`;
}

/**
 * How far from the limit, as a share of it. For shares that must be above a limit it is the share
 * that may be missing that counts: 99.95 % where 99.9 % is required has half of its failures to
 * spare.
 */
function marginOf(objective: Objective, observed: number): number | undefined {
  if (Number.isNaN(observed) || observed === Infinity) return undefined;
  const { required, comparison } = objective;
  const upper = comparison.startsWith('<');
  const limit = !upper && isShare(objective.measure) ? 1 - required : required;
  if (limit === 0) return undefined;
  const value = !upper && isShare(objective.measure) ? 1 - observed : observed;
  const spare = upper || isShare(objective.measure) ? limit - value : value - limit;
  return spare / limit;
}
